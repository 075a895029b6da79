import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/browser.ts';
import { atn, joinHub, letIn, linkFor, start } from '../fixtures/hub-site.ts';
import { takePicture } from '../fixtures/picture.ts';

test('B1, B2: two labs join a hub; a tester elsewhere finds a machine, has it, and gives it back', async ({ anybody }, info) => {
  test.setTimeout(120_000);
  const hub = await start<{ url: string; firstLink: string }>('hub', ['--port', '0']);
  const labs = [await start('atn', ['serve', '--demo']), await start('atn', ['serve', '--demo'])];
  try {
    const page = await (await anybody()).newPage();
    await joinHub(page, hub.said.firstLink, { name: 'Ada', login: 'ada' });
    for (const [index, { home }] of labs.entries())
      await letIn(page, hub.said.url, { home, suts: ['demo-01', 'demo-02'], linked: index + 1 });
    const remote = await (await anybody()).newPage();
    await joinHub(remote, await linkFor(page, hub.said.url), { name: 'Aiko Mori', login: 'aiko' });
    await expect(remote.getByText('Free now 4')).toBeVisible();
    await expect(remote.getByRole('link', { name: 'People' })).toHaveCount(0);

    await remote.getByRole('gridcell', { name: 'demo-01' }).first().click();
    await remote.getByLabel('What for').fill('the boot fix');
    await remote.getByRole('button', { name: 'Reserve', exact: true }).click();
    await expect(remote.getByText(/Yours until .*the boot fix/u)).toBeVisible({ timeout: 30_000 });
    expect(labs.map(({ home }) => atn(home, 'reservations')).join('')).toContain('aiko');
    await remote.getByRole('button', { name: /^Notices: 1 notice not read yet/u }).click();
    await expect(remote.getByRole('button', { name: /demo-01: granted/u })).toBeVisible();
    await remote.getByRole('button', { name: /demo-01: granted/u }).click();
    await expect(remote).toHaveURL(/\/reservations$/u);
    await expect(remote.getByRole('button', { name: 'Notices', exact: true })).toBeVisible();
    await remote.getByRole('link', { name: 'Today', exact: true }).click();
    await takePicture(remote, 'hub', info);
    const { violations } = await new AxeBuilder({ page: remote }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

    await remote.keyboard.press('F1');
    await remote.getByRole('region', { name: 'Guide' }).getByRole('link', { name: 'The remote tester' }).click();
    await expect(remote.getByRole('heading', { name: 'Find a machine, and reserve it' })).toBeVisible();
    await remote.keyboard.press('?');
    await expect(remote.getByRole('dialog', { name: 'Keys of this page' })).toContainText('Go to Reservations');
    await remote.keyboard.press('Escape');
    await remote.keyboard.press('g');
    await remote.keyboard.press('t');
    await expect(remote.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();

    await remote.getByRole('button', { name: 'Release' }).click();
    await expect(remote.getByText('You have no machine')).toBeVisible({ timeout: 30_000 });

    const first = page.getByRole('listitem').filter({ hasText: 'linked' }).first();
    await page.goto(`${hub.said.url}/harnesses`);
    await first.getByRole('button', { name: 'Revoke' }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Revoke/u })
      .click();
    await expect(page.getByText('revoked', { exact: true })).toBeVisible();
    await expect(remote.getByText('Free now 2')).toBeVisible({ timeout: 30_000 });
  } finally {
    for (const { stop } of [...labs, hub]) await stop();
  }
});
