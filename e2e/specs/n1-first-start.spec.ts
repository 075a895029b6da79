import { RunPage } from '../pages/run-page.ts';
import { expect, test } from '../fixtures/workbench.ts';

test('N1: from nothing to a finished run with its failure by the keyboard alone, and nobody is asked anything', async ({ page }) => {
  const run = new RunPage(page);
  await expect(page.getByRole('button', { name: 'Run the sample' })).toBeFocused();
  await page.keyboard.press('Enter');
  await run.arrive();
  await expect(run.row('Broken Fan Is Noticed')).toBeVisible({ timeout: 30_000 });
  await run.ended('Failed');
  await expect(run.count(19, 'passed')).toBeVisible();
  await expect(run.count(1, 'failed')).toBeVisible();
  await expect(run.count(1, 'skipped')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('f');
  await expect(run.detail).toContainText('The reading 0 is outside 1000 to 12000.');
  await expect(run.tree.getByRole('treeitem', { selected: true })).toBeInViewport();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to, search or do' }).fill('today');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await expect(page.getByRole('grid').getByRole('row').filter({ hasText: 'Sample' })).toBeVisible();
});
