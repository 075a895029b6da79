import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/workbench.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first page has no violation that axe finds, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Electron opens no second page for axe to work in.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}
