import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chooseInDialog } from '../fixtures/dialogs.ts';
import { importPath } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { RunPage } from '../pages/run-page.ts';
import { TestDataPage } from '../pages/test-data-page.ts';

const LIBRARY = `"""Switches the outlets of a lab that is not there."""
def power_on(outlet: str, wait: float = 0):
    """Switches an outlet on.

    | outlet | its name |

    <script>document.title = "hacked"</script>
    """
    assert outlet
`;
const SUITE = '*** Settings ***\nLibrary    LabOutlets\n*** Test Cases ***\nOn\n    Power On    rack-1\n';

/** A folder in the home with one file: `folder/file`. */
function folderWith(home: string, path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return dirname(file);
}

test('A2: a folder of modules becomes a library, its keywords are documented as text, and what imports it uses it by one press', async ({
  workbench,
  home,
  join: joinHarness,
}) => {
  const { app, page } = workbench;
  const client = await joinHarness();
  await importPath(client, folderWith(home, 'outlet-suites/outlets.robot', SUITE));
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1, name: 'Libraries' })).toBeVisible();
  await chooseInDialog(app, folderWith(home, 'lab-outlets/LabOutlets.py', LIBRARY));
  await page.getByRole('button', { name: 'Add library' }).click();
  await page.getByRole('radio', { name: 'File or folder' }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByRole('grid', { name: 'Libraries' }).getByRole('row').filter({ hasText: 'lab-outlets' }).click();

  const keywords = page.getByRole('grid', { name: 'Keywords' });
  await keywords.getByRole('row').filter({ hasText: 'Power On' }).click();
  const documentation = page.getByRole('region', { name: 'Documentation of Power On' });
  await expect(documentation).toContainText('Switches an outlet on.');
  await expect(documentation).toContainText('= 0');
  expect(await page.title()).not.toContain('hacked');

  const data = new TestDataPage(page);
  await data.open();
  await data.openOne('outlet-suites');
  const libraries = page.getByRole('region', { name: 'Libraries of these test data' });
  await expect(libraries).toContainText('not in the set');
  await libraries.getByRole('button', { name: 'Use lab-outlets' }).click();
  await expect(libraries.getByRole('button', { name: 'Leave out lab-outlets' })).toBeVisible();

  const newRun = new NewRunPage(page);
  await newRun.open();
  await newRun.choose('outlet-suites');
  await newRun.run.click();
  const run = new RunPage(page);
  await run.arrive();
  await run.ended('Passed');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('grid', { name: 'Libraries' }).getByRole('row').filter({ hasText: 'lab-outlets' }).click();
  await page.getByRole('tab', { name: 'Used by 1' }).click();
  await expect(page.getByRole('region', { name: 'lab-outlets' }).getByRole('link', { name: 'outlet-suites' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove lab-outlets' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove lab-outlets' }).click();
  await expect(page.getByRole('region', { name: 'lab-outlets' }).getByRole('alert')).toContainText('outlet-suites');
});
