import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { chooseInDialog } from '../fixtures/dialogs.ts';
import { foreignResult } from '../fixtures/foreign-results.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunListPage } from '../pages/run-list-page.ts';

const MEGABYTES = 250;

/** Far more than is read before somebody has pressed a button. */
function bigResult(folder: string): string {
  mkdirSync(folder);
  const file = join(folder, 'output.xml');
  const status = '<status status="PASS" start="2026-11-22T10:00:00.000000" elapsed="0.001"/>';
  const keyword = `<kw name="Log" owner="BuiltIn"><arg>${'x'.repeat(200)}</arg>${status}</kw>\n`.repeat(3000);
  const output = openSync(file, 'w');
  writeSync(output, '<?xml version="1.0"?><robot generator="Robot 7.3 (Python 3.12.4 on linux)"><suite id="s1" name="Large">');
  for (let test = 1, size = 0; size < MEGABYTES * 1e6; test += 1)
    size += writeSync(output, `<test id="s1-t${test}" name="Test ${test}">${keyword}${status}</test>`);
  writeSync(output, `${status}</suite><statistics/><errors/></robot>`);
  closeSync(output);
  return file;
}

test('A6: the import of a big result says how far it is, and ends at once when it is cancelled, with nothing left of it', async ({
  workbench: { app, page },
  home,
}) => {
  const big = bigResult(join(home, 'elsewhere'));
  const runs = new RunListPage(page);
  await runs.open();
  await chooseInDialog(app, big);
  await page.getByRole('button', { name: 'Import results' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const strip = page.getByRole('region', { name: 'Results import' });
  await expect(strip).toContainText(/Reading, \d.* of 25\d MB/u, { timeout: 60_000 });
  await strip.getByRole('button', { name: 'Cancel' }).click();
  await expect(strip).toHaveCount(0);
  const below = (folder: string) =>
    readdirSync(join(home, folder)).filter((name) => name.startsWith('results-') || (folder === 'runs' && !name.startsWith('.')));
  const left = () => readdirSync(home).flatMap((name) => (name === 'runs' || name === 'scratch' ? below(name) : []));
  await expect.poll(left, { timeout: 30_000 }).toEqual([]);
  await expect(page.getByText('No run yet')).toBeVisible();

  await chooseInDialog(app, foreignResult(home, { suite: 'Sensors', hoursAgo: 1, tests: [{ name: 'Fan' }] }));
  await page.getByRole('button', { name: 'Import results' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await expect(strip).toContainText('1 run', { timeout: 30_000 });
  await expect(runs.rows).toHaveCount(1);
});
