import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { EditorPage } from '../pages/editor-page.ts';
import { RunPage } from '../pages/run-page.ts';

const SUITE = '*** Test Cases ***\nFirst Case\n    No Operation\n';

function suiteFolder(home: string): string {
  const folder = join(home, 'bench');
  mkdirSync(folder);
  writeFileSync(join(folder, 'checks.robot'), SUITE);
  return folder;
}

test('A1: what is typed survives a kill of the app, becomes a revision when saved, and runs from the cursor', async ({
  launch,
  home,
  join: joinHarness,
}) => {
  const before = await launch();
  const { id } = await importPath(await joinHarness(), suiteFolder(home));
  const editor = new EditorPage(before.page);
  await editor.open(id, 'checks.robot');
  await editor.typeAtEnd('\nTyped Case\n    Log    typed');
  await editor.kept();
  const gone = new Promise((resolve) => before.app.process().once('exit', resolve));
  before.app.process().kill('SIGKILL');
  await gone;

  const after = await launch();
  const again = new EditorPage(after.page);
  await again.open(id, 'checks.robot');
  await expect(again.text).toContainText('Typed Case');
  await expect(again.files.getByRole('img', { name: 'Not saved yet' })).toBeVisible();
  await again.save('one more case');
  await again.saved();
  const { testData, revisions } = await (await joinHarness()).testData.get({ id });
  expect(testData.newest).toMatchObject({ number: 2, message: 'one more case', source: { kind: 'edit' } });
  expect(revisions).toHaveLength(2);

  await again.text.click();
  await after.page.keyboard.press('ControlOrMeta+End');
  await after.page.getByRole('button', { name: 'Run Typed Case' }).click();
  const run = new RunPage(after.page);
  await run.arrive();
  await run.ended('Passed');
  await expect(run.count(1, 'passed')).toBeVisible();
});

test('A1: two people on one file see both texts, and nothing is lost', async ({ workbench: { page }, home, join: joinHarness }) => {
  const client = await joinHarness();
  const { id } = await importPath(client, suiteFolder(home));
  const editor = new EditorPage(page);
  await editor.open(id, 'checks.robot');
  await editor.typeAtEnd('\nMine\n    No Operation\n');
  await editor.kept();
  const { testData } = await client.testData.get({ id });
  const text = `${SUITE}\nTheirs\n    No Operation\n`;
  await client.testData.saveRevision({
    id,
    base: testData.newest.hash,
    changes: [{ kind: 'write', path: 'checks.robot', text }],
    message: '',
  });

  await editor.save();
  const both = page.getByRole('region', { name: 'Two versions of this file' });
  await expect(both.getByRole('textbox', { name: 'What it says now' })).toContainText('Theirs');
  await expect(both.getByRole('textbox', { name: 'What you have' })).toContainText('Mine');
  await both.getByRole('button', { name: 'Save the right side' }).click();
  await expect(both).toBeHidden();
  const newest = (await client.testData.get({ id })).testData.newest;
  expect(newest.number).toBe(3);
  const saved = await client.testData.file({ revision: newest.hash, path: 'checks.robot' });
  expect(saved.text).toContain('Mine');
  await expect(editor.text).toContainText('Mine');
});

test('A1: a new file is made, found by what is in it, and renamed', async ({ workbench: { page }, home, join: joinHarness }) => {
  const client = await joinHarness();
  const { id } = await importPath(client, suiteFolder(home));
  const editor = new EditorPage(page);
  await editor.open(id, 'checks.robot');
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByRole('textbox', { name: 'Path of the new file' }).fill('lib/words.resource');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'lib/words.resource' })).toBeVisible();
  await editor.typeAtEnd('*** Keywords ***\nSay Something\n    Log    a rare word');
  await editor.kept();
  await editor.save('words');
  await editor.saved();

  await page.getByRole('radio', { name: 'Find' }).click();
  await page.getByRole('searchbox', { name: 'Find in all files' }).fill('rare word');
  await page.keyboard.press('Enter');
  const found = page.getByRole('region', { name: 'Found' });
  await expect(found).toContainText('1 in 1 file');
  await found.getByRole('link').click();
  await expect(page.locator('.cm-activeLine').first()).toContainText('a rare word');

  await page.getByRole('button', { name: 'More for this file' }).click();
  await page.getByRole('menuitem', { name: 'Rename or move' }).click();
  await page.getByRole('textbox', { name: 'New path' }).fill('lib/phrases.resource');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'lib/phrases.resource' })).toBeVisible();
  const { testData } = await client.testData.get({ id });
  const paths = (await client.testData.files({ revision: testData.newest.hash })).map(({ path }) => path);
  expect(paths).toEqual(['checks.robot', 'lib/phrases.resource']);
});
