import { join } from 'node:path';
import { chooseInDialog } from '../fixtures/dialogs.ts';
import { startRun } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { writeZip } from '../fixtures/zip.ts';
import { TestDataPage } from '../pages/test-data-page.ts';

const ONE_CASE = '*** Test Cases ***\nOne Case\n    No Operation\n';

test('A1: a folder comes in by the dialog; what cannot be read is listed with its line, the rest can be used', async ({ workbench }) => {
  const { app, page } = workbench;
  const data = new TestDataPage(page);
  await data.open();
  await chooseInDialog(app, suite('half-broken'));
  await data.import('Choose a folder');
  await expect(data.imports).toContainText('half-broken');
  await expect(data.imports).toContainText('2 cases in 2 suites, 2 problems');
  await data.imports.getByRole('button', { name: 'Close' }).click();
  await data.openOne('half-broken');

  const [forLoop, header] = [
    data.problems.getByRole('button', { name: /FOR/u }),
    data.problems.getByRole('button', { name: /Tst Cases/u }),
  ];
  await expect(forLoop).toContainText('broken.robot:6');
  await expect(header).toContainText('broken.robot:9');
  await header.click();
  const text = page.getByRole('region', { name: 'Text of broken.robot' });
  await expect(text.locator('[aria-current=location]')).toContainText('*** Tst Cases ***');
  await expect(data.tree.getByRole('treeitem').filter({ hasText: 'good' })).toBeVisible();
});

test('A1: a zip comes in, the same again changes nothing, changed content is a new revision', async ({ workbench, home }) => {
  const { app, page } = workbench;
  const data = new TestDataPage(page);
  const zip = join(home, 'delivery.zip');
  await writeZip(zip, { 'a.robot': ONE_CASE });
  await chooseInDialog(app, zip);
  await data.open();
  const bringIn = async (said: string) => {
    await data.import('Choose a zip or .robot file');
    await expect(data.imports).toContainText(said);
    await data.imports.getByRole('button', { name: 'Close' }).click();
    await expect(data.imports).toBeHidden();
  };
  await bringIn('1 case in 1 suite');
  await bringIn('unchanged, nothing new was kept');
  await writeZip(zip, { 'a.robot': ONE_CASE, 'b.robot': ONE_CASE.replace('One', 'Other') });
  await bringIn('2 cases');
  await expect(data.row('delivery')).toHaveCount(1);
  await data.openOne('delivery');
  await expect(page.getByRole('grid', { name: 'Revisions' }).getByRole('row').filter({ hasText: 'delivery.zip' })).toHaveCount(2);
});

test('A1: a zip that would write outside is refused by name, and nothing of it is kept', async ({ workbench, home, join: joinHarness }) => {
  const { app, page } = workbench;
  const data = new TestDataPage(page);
  const zip = join(home, 'hostile.zip');
  await writeZip(zip, { 'a.robot': ONE_CASE, 'xx/evil.robot': ONE_CASE }, { from: 'xx/evil', to: '../evil' });
  await chooseInDialog(app, zip);
  await data.open();
  await data.import('Choose a zip or .robot file');
  await expect(data.imports.getByRole('alert')).toContainText('../evil.robot');
  await data.imports.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('No test data yet')).toBeVisible();
  expect(await (await joinHarness()).testData.list()).toEqual([]);
});

test('A1: test data that a run was made with stay', async ({ workbench, join: joinHarness }) => {
  const { app, page } = workbench;
  const data = new TestDataPage(page);
  await chooseInDialog(app, suite('repair'));
  await data.open();
  await data.import('Choose a folder');
  await expect(data.imports).toContainText('4 cases');
  await data.imports.getByRole('button', { name: 'Close' }).click();
  const client = await joinHarness();
  const [testData] = await client.testData.list();
  if (testData === undefined) throw new Error('Nothing was imported.');
  await startRun(client, testData);
  await data.openOne('repair');
  await page.getByRole('button', { name: /More for/u }).click();
  await page.getByRole('menuitem', { name: /Remove/u }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove repair' }).click();
  // The end of the run is announced too, whenever it comes.
  await expect(page.getByRole('region', { name: 'Suites and cases' }).getByRole('alert')).toContainText(/run/iu);
  expect(await client.testData.list()).toHaveLength(1);
});
