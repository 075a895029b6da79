import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, type HarnessClient } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { EditorPage } from '../pages/editor-page.ts';

const SUITE =
  '*** Settings ***\nLibrary    Collections\nResource    words.resource\n\n*** Test Cases ***\nOne\n    Log Lisst    1\n    Our Keyword\n';

test('A1: what is wrong is said while one types, and keywords of libraries are completed', async ({
  workbench: { page },
  home,
  join: joinHarness,
}) => {
  test.setTimeout(240_000); // the first time the language server is fetched
  const editor = new EditorPage(page);
  await editor.open(await importSuites(await joinHarness(), home), 'checks.robot');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText("No keyword with name 'Log Lisst' found", { timeout: 180_000 });

  await problems.getByRole('button', { name: 'Log Lisst' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter'); // goes on at the same indentation
  const offered = page.locator('.cm-tooltip-autocomplete');
  await page.keyboard.type('Log Dic');
  // The first answer comes when all libraries are read; until then asking again is what a person would do.
  await expect(async () => {
    await page.keyboard.press('Control+Space');
    await expect(offered).toContainText('Log Dictionary', { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await offered.getByRole('option', { name: 'Log Dictionary' }).click();
  await expect(editor.text).toContainText('Log Dictionary');
});

test('A1: F12 on a keyword opens the file that defines it', async ({ workbench: { page }, home, join: joinHarness }) => {
  test.setTimeout(240_000);
  const editor = new EditorPage(page);
  await editor.open(await importSuites(await joinHarness(), home), 'checks.robot');
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('Log Lisst', { timeout: 180_000 });
  await editor.text.getByText('Our Keyword').click();
  // Its first answer comes when all files are read; until then asking again is what a person would do.
  await expect(async () => {
    await page.keyboard.press('F12');
    await expect(page).toHaveURL(/file=words\.resource/u, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(editor.text).toContainText('No Operation');
});

async function importSuites(client: HarnessClient, home: string): Promise<string> {
  const folder = join(home, 'bench');
  mkdirSync(folder);
  writeFileSync(join(folder, 'checks.robot'), SUITE);
  writeFileSync(join(folder, 'words.resource'), '*** Keywords ***\nOur Keyword\n    No Operation\n');
  return (await importPath(client, folder)).id;
}
