import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseInDialog } from '../fixtures/dialogs.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { TestDataPage } from '../pages/test-data-page.ts';

const ONE_CASE = '*** Test Cases ***\nOne Case\n    No Operation\n';

test('A1: a branch of a git repository comes in, and another one that asks for what is not there says what to do', async ({
  workbench,
  home,
}) => {
  const { page } = workbench;
  const folder = join(home, 'power-suites');
  mkdirSync(folder);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@x', ...args], { cwd: folder, stdio: 'pipe' })
      .toString()
      .trim();
  git('init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'first.robot'), ONE_CASE);
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  git('checkout', '-q', '-b', 'feature');
  writeFileSync(join(folder, 'second.robot'), ONE_CASE.replace('One', 'Other'));
  git('add', '-A');
  git('commit', '-q', '-m', 'two');
  const commit = git('rev-parse', '--short=7', 'HEAD');

  const data = new TestDataPage(page);
  await data.open();
  await data.importGit(folder, 'nowhere');
  await expect(data.imports).toContainText('no branch or tag named nowhere');
  await data.imports.getByRole('button', { name: 'Close' }).click();
  await data.importGit(folder, 'feature');
  await expect(data.imports).toContainText('2 cases in 2 suites');
  await data.imports.getByRole('button', { name: 'Close' }).click();
  await data.openOne('power-suites');
  await expect(page.getByRole('grid', { name: 'Revisions' }).getByRole('row').filter({ hasText: commit })).toHaveCount(1);
});

test('A1: a folder that is followed offers what is newer; taken, it shows what changed', async ({ workbench, home }) => {
  const { app, page } = workbench;
  const folder = join(home, 'followed');
  mkdirSync(folder);
  writeFileSync(join(folder, 'first.robot'), ONE_CASE);
  const data = new TestDataPage(page);
  await data.open();
  await chooseInDialog(app, folder);
  await data.import('Choose a folder', { follow: true });
  await expect(data.imports).toContainText('1 case in 1 suite');
  await data.imports.getByRole('button', { name: 'Close' }).click();
  await data.openOne('followed');

  writeFileSync(join(folder, 'first.robot'), ONE_CASE.replace('No Operation', 'Log    Hello'));
  writeFileSync(join(folder, 'second.robot'), ONE_CASE.replace('One', 'Other'));
  const link = page.getByRole('status').filter({ hasText: 'follows' });
  await expect(link).toContainText('something newer');
  await link.getByRole('button', { name: 'Take it as revision 2' }).click();
  await expect(link).toContainText('nothing newer');
  await page.getByRole('tab', { name: 'Changes' }).click();
  const files = page.getByRole('grid', { name: 'Changed files' });
  await expect(files.getByRole('row').filter({ hasText: 'second.robot' })).toContainText('added');
  await files.getByRole('row').filter({ hasText: 'first.robot' }).click();
  const text = page.getByRole('region', { name: 'Changes in first.robot' });
  await expect(text).toContainText('No Operation');
  await expect(text).toContainText('Log    Hello');
  await expect(data.tree.getByRole('treeitem').filter({ hasText: 'Second' })).toBeVisible();
});
