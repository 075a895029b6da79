import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesWith } from '../fixtures/files-with.ts';
import { importPath } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { RunPage } from '../pages/run-page.ts';
import { SutsPage } from '../pages/suts-page.ts';

const PASSWORD = 'Tr0ub4dor-ünd-3';

test('a secret of a machine reaches the suite and nothing else: no page, no file of the home shows it', async ({
  workbench,
  page,
  home,
  join: joinHarness,
}) => {
  const suts = new SutsPage(page);
  const client = await joinHarness();
  await importPath(client, suite('secret'));
  await suts.open();
  await suts.add('bmc-1', [
    { key: 'address', kind: 'Address', value: '192.0.2.1' },
    { key: 'password', kind: 'Secret', value: PASSWORD },
  ]);
  await expect(suts.detail('bmc-1')).toContainText('192.0.2.1');
  await expect(suts.detail('bmc-1')).toContainText('stored, not shown');
  await suts.detail('bmc-1').getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByRole('form', { name: 'Edit bmc-1' }).getByRole('button', { name: 'Replace the secret password' })).toBeVisible();
  expect(await page.content()).not.toContain(PASSWORD);
  expect(JSON.stringify(await client.suts.list())).not.toContain(PASSWORD);

  const plan = new NewRunPage(page);
  await page.getByRole('form').getByRole('button', { name: 'Discard changes' }).click();
  await plan.open();
  await plan.addSut('bmc-1');
  await plan.setVariables(`EXPECTED SHA256:${createHash('sha256').update(PASSWORD).digest('hex')}`);
  await page.keyboard.press('Control+Enter');
  const run = new RunPage(page);
  const id = await run.arrive();
  await run.ended('Passed');
  await run.show('Report');
  await expect(page.getByRole('button', { name: 'log.html', exact: true })).toBeVisible();

  expect(readFileSync(join((await client.runs.get({ id })).reportDirectory, 'output.xml'), 'utf8')).toContain('192.0.2.1');
  await workbench.app.close(); // everything is on the disk now
  expect(filesWith(home, '192.0.2.1').length).toBeGreaterThan(0); // the search finds what is there
  expect(filesWith(home, PASSWORD)).toEqual([]);
});

test('a machine is held and released, and the list says who holds it', async ({ page, join: joinHarness }) => {
  const suts = new SutsPage(page);
  await suts.open();
  await expect(page.getByText('No machine yet')).toBeVisible();
  await suts.add('dl380-07', []);
  await expect(suts.row('dl380-07')).toContainText('Free');
  await suts.detail('dl380-07').getByRole('button', { name: 'Hold' }).click();
  await expect(suts.row('dl380-07')).toContainText('You');
  await expect(suts.detail('dl380-07').getByRole('button', { name: 'Release' })).toBeVisible();
  const client = await joinHarness();
  const { user } = await client.system.info();
  expect((await client.suts.list())[0]).toMatchObject({ reservedBy: user, inUse: null });
  await suts.detail('dl380-07').getByRole('button', { name: 'Release' }).click();
  await expect(suts.row('dl380-07')).toContainText('Free');
  expect((await client.suts.list())[0]).toMatchObject({ reservedBy: null });
});
