import { expect, test } from '../fixtures/workbench.ts';

test('the guide opens by F1, without a network, and leads from page to page', async ({ launch }) => {
  const { page } = await launch();
  await page.keyboard.press('F1');
  await expect(page.getByRole('heading', { level: 1, name: 'Guide' })).toBeVisible();
  await page.getByRole('region', { name: 'Guide' }).getByRole('link', { name: 'The local tester' }).click();
  await expect(page.getByRole('heading', { name: 'Run, and watch' })).toBeVisible();
  const picture = page.getByRole('img', { name: 'A run, watched live' });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBeGreaterThan(100);
  await page.getByRole('navigation', { name: 'Pages of the guide' }).getByRole('link', { name: 'Running a hub' }).click();
  await expect(page.getByRole('cell', { name: 'databaseUrl' })).toBeVisible();
});
