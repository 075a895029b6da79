import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chooseInDialog, saveInDialog } from '../fixtures/dialogs.ts';
import { importPath } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { readZip } from '../fixtures/zip.ts';
import { RunPage } from '../pages/run-page.ts';

const SUITE = `*** Test Cases ***
Limit Holds
    Should Be Equal    \${LIMIT}    \${1200}
Fails
    Fail    always
`;

test('A4: a run is taken along as one file, comes back where nothing of it is left, and is run again from there', async ({
  workbench,
  home,
  join: joinHarness,
}) => {
  const { app, page } = workbench;
  const client = await joinHarness();
  const folder = join(home, 'limits');
  mkdirSync(folder);
  writeFileSync(join(folder, 'limits.robot'), SUITE);
  const { id: testDataId } = await importPath(client, folder);
  const condition = await client.conditions.create({
    name: 'lab',
    variables: [
      { name: 'LIMIT', type: 'int', value: 1200 },
      { name: 'TOKEN', type: 'secret', secret: 'never-in-a-file' },
    ],
  });
  const plan = await client.plans.create({ name: 'limits', testDataId, conditionId: condition.id });
  const { id } = await client.runs.start({ planId: plan.id });
  const run = new RunPage(page);
  await run.goto(id);
  await run.ended('Failed');
  await run.show('Report');
  const capsule = join(home, 'limits capsule.zip');
  await saveInDialog(app, capsule);
  await page.getByRole('region', { name: 'Artefacts' }).getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Without its libraries' }).click();
  await expect.poll(() => readZip(capsule).catch(() => null), { timeout: 20_000 }).not.toBeNull();
  const files = await readZip(capsule);
  expect([...files.keys()]).toEqual(expect.arrayContaining(['capsule.json', 'data/limits.robot', 'report/record.db', 'report/log.html']));
  for (const [name, bytes] of files) expect(bytes.includes('never-in-a-file'), name).toBe(false);

  await client.runs.remove({ id });
  await client.plans.remove({ id: plan.id });
  await client.conditions.remove({ id: condition.id });
  await client.testData.remove({ id: testDataId });
  await chooseInDialog(app, capsule);
  await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
  await page.getByRole('button', { name: 'Import capsule' }).click();
  const strip = page.getByRole('region', { name: 'Capsule import' });
  await expect(strip).toContainText('TOKEN');
  await strip.getByRole('link', { name: 'Open run' }).click();
  await run.ended('Failed');
  await expect(page.getByText(/executed by .*, imported/u)).toBeVisible();

  await page.getByRole('button', { name: 'Rerun', exact: true }).click();
  await expect(page.getByText('The secret TOKEN of the condition has no value')).toBeVisible();
  const [kept] = await client.conditions.list();
  const variables = (kept?.variables ?? []).map((each) => (each.type === 'secret' ? { ...each, secret: 'here' } : each));
  await client.conditions.update({ id: kept?.id ?? '', content: { name: 'lab', variables } });
  await page.getByRole('button', { name: 'Rerun', exact: true }).click();
  await expect.poll(async () => (await client.runs.get({ id })).reruns.length).toBe(1);
  const again = (await client.runs.get({ id })).reruns[0] ?? '';
  await run.goto(again);
  await run.ended('Failed');
  expect(await client.runs.get({ id: again })).toMatchObject({ counts: { passed: 1, failed: 1 }, plan: { name: 'limits' } });
});
