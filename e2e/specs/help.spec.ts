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

test('what is looked for in the guide is found on all its pages, and shown where it stands', async ({ launch }) => {
  const { page } = await launch();
  await page.keyboard.press('F1');
  await expect(page.getByRole('heading', { level: 1, name: 'Guide' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('restore pg_dump');
  const found = page.getByRole('navigation', { name: 'Found in the guide' });
  await found.getByRole('link', { name: /Watching and copying.*restore/u }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Running a hub' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Watching and copying' })).toBeInViewport();
  await page.getByRole('searchbox', { name: 'Find in the guide' }).fill('no such word anywhere');
  await expect(page.getByText('The guide says nothing of it')).toBeVisible();
});
