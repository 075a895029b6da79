import { expect, test } from '../fixtures/browser.ts';
import { atn, joinHub, letIn, linkFor, start } from '../fixtures/hub-site.ts';

test('B5: a tester elsewhere reads the console of a machine that they hold, types when the lab lets them, and no longer when it does not', async ({
  anybody,
}) => {
  test.setTimeout(180_000);
  const hub = await start<{ url: string; firstLink: string }>('hub', ['--port', '0']);
  const lab = await start('atn', ['serve', '--demo']);
  try {
    const admin = await (await anybody()).newPage();
    await joinHub(admin, hub.said.firstLink, { name: 'Ada', login: 'ada' });
    await letIn(admin, hub.said.url, { home: lab.home, suts: ['demo-01'], linked: 1 });
    const page = await (await anybody()).newPage();
    await joinHub(page, await linkFor(admin, hub.said.url), { name: 'Aiko Mori', login: 'aiko' });
    await page.getByRole('gridcell', { name: 'demo-01' }).click();
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await expect(page.getByText(/Yours until /u)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Reservations' }).click();
    await expect(page.getByText('demo-01').first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Console' })).toHaveCount(0);

    atn(lab.home, 'hub', 'consoles', 'read');
    await page.getByRole('link', { name: 'Console' }).click();
    await expect(page.getByRole('heading', { name: 'Console of demo-01' })).toBeVisible();
    await expect(page.getByText('Recorded')).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('.xterm-rows')).toContainText('demo-01 login:', { timeout: 30_000 });
    const take = page.getByRole('button', { name: 'Take over' });
    await expect(take).toHaveAttribute('aria-disabled', 'true');

    atn(lab.home, 'hub', 'consoles', 'write');
    await expect(take).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
    await take.click();
    await expect(page.getByText('You type.')).toBeVisible({ timeout: 30_000 });
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.type('aiko');
    await page.keyboard.press('Enter');
    await expect(page.locator('.xterm-rows')).toContainText('demo-01 login: aiko', { timeout: 30_000 });

    atn(lab.home, 'hub', 'consoles', 'nothing');
    await expect(page.getByText('You type.')).toHaveCount(0, { timeout: 30_000 });
    await expect(page.getByText('Recorded')).toHaveCount(0, { timeout: 30_000 });
  } finally {
    for (const { stop } of [lab, hub]) await stop();
  }
});
