import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseInDialog } from '../fixtures/dialogs.ts';
import { foreignResult } from '../fixtures/foreign-results.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunListPage } from '../pages/run-list-page.ts';

const FAN = 'FAN 4 turns at 1080 rpm, expected above 4200';

test('A6: a folder of results comes in from the list of runs; what could not be read is listed, and nothing comes in twice', async ({
  workbench: { app, page },
  home,
}) => {
  const folder = join(home, 'elsewhere');
  foreignResult(folder, { suite: 'Sensors', hoursAgo: 3, tests: [{ name: 'Fan' }] });
  foreignResult(folder, { suite: 'Sensors', hoursAgo: 1, tests: [{ name: 'Fan', failure: FAN }] });
  mkdirSync(join(folder, 'broken'));
  writeFileSync(join(folder, 'broken', 'output.json'), '{"nothing": "of Robot"}');
  const runs = new RunListPage(page);
  await runs.open();
  await chooseInDialog(app, folder);
  await page.getByRole('button', { name: 'Import results' }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  const strip = page.getByRole('region', { name: 'Results import' });
  await expect(strip).toContainText('2 runs, 1 not readable', { timeout: 60_000 });
  await expect(strip.getByRole('list', { name: 'What could not be read' })).toContainText('There is no suite in this result file');
  await expect(runs.rows).toHaveCount(2);

  await strip.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Import results' }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(strip).toContainText('2 here already', { timeout: 60_000 });
  await expect(runs.rows).toHaveCount(2);
});

test('A6: what broke is named, its history says since when, and the two runs are compared', async ({ page, home, join: joinHarness }) => {
  const folder = join(home, 'elsewhere');
  for (const hoursAgo of [6, 5, 4]) foreignResult(folder, { suite: 'Sensors', hoursAgo, tests: [{ name: 'Fan' }, { name: 'Boot' }] });
  for (const hoursAgo of [2, 1])
    foreignResult(folder, { suite: 'Sensors', hoursAgo, tests: [{ name: 'Fan', failure: FAN }, { name: 'Boot' }] });
  const client = await joinHarness();
  for await (const event of await client.interchange.importResults({ path: folder })) if (event.type === 'done') break;

  const runs = new RunListPage(page);
  await runs.open();
  await expect(runs.rows).toHaveCount(5);
  await page.getByRole('link', { name: 'History' }).click();
  const broke = page.getByRole('region', { name: 'Broke within a day' });
  await expect(broke).toContainText(FAN);
  await broke.getByRole('link', { name: 'Sensors.Fan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Fan' })).toBeVisible();
  await expect(page.getByText('2 runs in a row')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Verdicts' })).toContainText('5 runs');

  await page.getByRole('link', { name: 'Compare the two' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  await expect(page.getByRole('table')).toContainText('1 differ, 1 equal');
  await expect(page.getByRole('row').filter({ hasText: 'Sensors.Fan' })).toContainText(FAN);
});

test('A6: a comment and a label stay with a run until somebody removes them', async ({ page, home, join: joinHarness }) => {
  const file = foreignResult(home, { suite: 'Sensors', hoursAgo: 1, tests: [{ name: 'Fan', failure: FAN }] });
  const client = await joinHarness();
  let id = '';
  for await (const event of await client.interchange.importResults({ path: file }))
    if (event.type === 'done') id = event.imported[0]?.runId ?? '';
  await page.goto(new URL(`/runs/${id}`, page.url()).href);
  await page.getByRole('tab', { name: 'Report' }).click();
  const triage = page.getByRole('region', { name: 'Triage' });
  await expect(triage).toContainText('1 failure, none of them known');
  await triage.getByRole('textbox', { name: 'Comment' }).fill('The fan of the bench is loose');
  await triage.getByRole('textbox', { name: 'Comment' }).press('Enter');
  await expect(triage.getByRole('listitem')).toContainText('The fan of the bench is loose');
  await triage.getByRole('radio', { name: 'Label' }).click();
  await triage.getByRole('textbox', { name: 'Label' }).fill('hardware');
  await triage.getByRole('textbox', { name: 'Label' }).press('Enter');
  await expect(triage.getByRole('listitem')).toHaveCount(2);
  await page.reload();
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(triage).toContainText('hardware');
  await triage.getByRole('button', { name: 'Remove this label' }).click();
  await expect(triage.getByRole('listitem')).toHaveCount(1);
});

test('A6: a failure made known explains a later run that fails so, and no other failure', async ({ page, home, join: joinHarness }) => {
  const client = await joinHarness();
  const take = async (file: string): Promise<string> => {
    for await (const event of await client.interchange.importResults({ path: file }))
      if (event.type === 'done') return event.imported[0]?.runId ?? '';
    throw new Error('The import ended without an answer.');
  };
  const id = await take(foreignResult(home, { suite: 'Sensors', hoursAgo: 3, tests: [{ name: 'Fan', failure: FAN }] }));
  await page.goto(new URL(`/runs/${id}`, page.url()).href);
  await page.getByRole('tab', { name: 'Report' }).click();
  await page.getByRole('button', { name: /expected above/u }).click();
  await page.getByRole('button', { name: 'Make it a known failure' }).click();
  const form = page.getByRole('form', { name: 'Known failure in Sensors' });
  await form.getByRole('textbox', { name: 'What is it?' }).fill('Loose fan');
  await form.getByRole('textbox', { name: 'Its message' }).fill('FAN 4 turns at * rpm, *');
  await form.getByRole('button', { name: 'Remember this failure' }).click();
  await expect(page.getByRole('region', { name: 'Triage' })).toContainText('Loose fan');

  const later = FAN.replace('1080', '990');
  const tests = [{ name: 'Fan', failure: later }, { name: 'Boot', failure: 'No login within 60 s' }]; // prettier-ignore
  const next = await take(foreignResult(home, { suite: 'Sensors', hoursAgo: 1, tests }));
  await page.goto(new URL(`/runs/${next}`, page.url()).href);
  await page.getByRole('tab', { name: 'Report' }).click();
  const triage = page.getByRole('region', { name: 'Triage' });
  await expect(triage).toContainText('Loose fan', { timeout: 30_000 });
  await expect(triage).toContainText('1 known, 1 to look at');
});
