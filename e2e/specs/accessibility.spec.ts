import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { importPath } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';

/** What axe finds on the page as it stands, each with its places. */
async function violationsOf(page: Page): Promise<string[]> {
  // Electron opens no second page for axe to work in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first page has no violation that axe finds, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.getByRole('heading', { level: 1, name: /^Start with/u })).toBeVisible(); // Today leads there when it knows that nothing is here
    expect(await violationsOf(page)).toEqual([]);
  });

  test(`the pages of test data, plans, conditions, libraries and matrices have none either, ${colorScheme}`, async ({
    page,
    join: joinHarness,
  }) => {
    const client = await joinHarness();
    const { id: testDataId } = await importPath(client, suite('names'));
    const base = await client.conditions.create({ name: 'base', variables: [{ name: 'LIMIT', type: 'int', value: 1200 }] });
    const condition = await client.conditions.create({ name: 'uefi', parentId: base.id });
    const plan = await client.plans.create({ name: 'smoke', testDataId });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const pages: readonly (readonly [address: string, heading: string])[] = [
      ['/test-data', 'Test data'],
      [`/test-data/${testDataId}`, 'names'],
      [`/plans/${plan.id}`, 'Plans'],
      [`/plans/${plan.id}/edit`, 'Edit plan'],
      [`/conditions/${condition.id}`, 'Conditions'],
      ['/libraries', 'Libraries'],
      ['/matrices', 'Matrices'],
      [`/matrices/new?plan=${plan.id}`, 'New matrix'],
      ['/runs/new', 'New run'],
    ];
    for (const [address, heading] of pages) {
      await page.goto(new URL(address, page.url()).href);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      expect(await violationsOf(page), address).toEqual([]);
    }
  });

  test(`the pages of machines and reservations have none either, ${colorScheme}`, async ({ page, join: joinHarness }) => {
    const client = await joinHarness();
    const box = await client.suts.create({ name: 'box-1', role: 'environment' });
    const { id } = await client.suts.create({
      name: 'node-1',
      parentId: box.id,
      endpoints: [{ provider: 'simulated', address: 'steady' }],
    });
    await client.reservations.request({ suts: ['node-1'], durationMs: 3_600_000 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const ways = ['', '/new', '/import', `/${id}`, `/${id}?edit=1`].map((way) => [`/suts${way}`, 'SUTs']);
    for (const [address = '', heading = ''] of [...ways, ['/board?group=host', 'Board'], ['/board/new', 'Board']]) {
      await page.goto(new URL(address, page.url()).href);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      expect(await violationsOf(page), address).toEqual([]);
    }
  });

  test(`the pages of images, activity, history and settings have none either, ${colorScheme}`, async ({ page, join: joinHarness }) => {
    const client = await joinHarness();
    const { id: testDataId } = await importPath(client, suite('names'));
    const { id } = await client.runs.start({ testDataId });
    await expect.poll(async () => (await client.runs.get({ id })).state, { timeout: 60_000 }).toBe('ended');
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const pages: readonly (readonly [address: string, heading: string])[] = [
      ['/images', 'Images'],
      ['/activity', 'Activity'],
      ['/history', 'History'],
      ['/hub', 'Hub'],
      ['/settings', 'Settings'],
    ];
    for (const [address, heading] of pages) {
      await page.goto(new URL(address, page.url()).href);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      expect(await violationsOf(page), address).toEqual([]);
    }
  });
}
