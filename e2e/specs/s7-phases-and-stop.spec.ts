import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { Gates, suite, tornDown } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';

test('S7: the phases of a run stand in order, with what was prepared and collected', async ({ page, home, join: joinHarness }) => {
  const gates = new Gates(home);
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const run = new RunPage(page);
  await run.goto(id);
  await expect(run.phase('Executing')).toHaveAttribute('aria-current', 'step');
  await expect(run.phases.locator('.name')).toHaveText(['Queued', 'Preparing', 'Provisioning', 'Executing', 'Tearing down', 'Collecting']);
  await expect(run.phase('Preparing').getByLabel('done')).toBeVisible();
  await expect(run.phase('Provisioning').getByLabel('skipped')).toBeVisible();
  await expect(run.phase('Collecting').getByLabel('done')).toHaveCount(0);
  gates.open('second', 'third');
  await run.ended('Passed');
  await expect(run.phase('Tearing down').getByLabel(/done|skipped/u)).toBeVisible();
  await expect(run.phase('Collecting').getByLabel('done')).toBeVisible();
  const { phases } = await client.runs.get({ id });
  expect(phases.map(({ state }) => state)).toEqual(['queued', 'preparing', 'provisioning', 'executing', 'tearingDown', 'collecting']);
});

test('N2: a stopped run tears down, keeps its report, and says how far the stop is', async ({ page, home, join: joinHarness }) => {
  const gates = new Gates(home);
  gates.holdTearDown();
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const run = new RunPage(page);
  await run.goto(id);
  await expect(run.row('Second Step')).toBeVisible();

  await run.button('Stop').click();
  const question = page.getByRole('alertdialog', { name: 'Stop gated?' });
  await expect(question).toContainText('2 of 3 cases will not run. Tear-downs run and the report is kept.');
  await question.getByRole('button', { name: 'Keep running' }).click();
  await expect(question).toBeHidden();
  await run.button('Stop').click();
  await question.getByRole('button', { name: 'Stop gated' }).click();

  await expect(page.getByText(/^Stopping, asked again in \d+ s$/u)).toBeVisible();
  await expect(run.button('End now')).toBeVisible();
  await expect.poll(() => gates.tearingDown).toBe(true);
  expect((await client.runs.get({ id })).verdict).toBeNull();
  gates.letTearDown();

  await run.ended('Stopped');
  await expect(run.count(1, 'passed')).toBeVisible();
  const ended = await client.runs.get({ id });
  expect(tornDown(ended.reportDirectory)).not.toBeNull();
  expect(ended.counts).toMatchObject({ passed: 1 });
  for (const file of ['output.xml', 'log.html', 'record.db']) expect(existsSync(join(ended.reportDirectory, file)), file).toBe(true);
});

test('End now ends a run whose tear-down hangs, and what happened until then is kept', async ({ page, home, join: joinHarness }) => {
  const gates = new Gates(home);
  gates.holdTearDown();
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const run = new RunPage(page);
  await run.goto(id);
  await expect(run.row('Second Step')).toBeVisible();
  await run.button('Stop').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop gated' }).click();
  await expect.poll(() => gates.tearingDown).toBe(true);
  await run.button('End now').click();
  await run.ended('Stopped');
  await expect(run.row('First Step')).toBeVisible();
  expect(tornDown((await client.runs.get({ id })).reportDirectory)).toBeNull();
});
