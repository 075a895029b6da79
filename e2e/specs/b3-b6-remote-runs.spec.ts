import AxeBuilder from '@axe-core/playwright';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/browser.ts';
import { atn, joinHub, letIn, linkFor, start } from '../fixtures/hub-site.ts';
import { writeZip } from '../fixtures/zip.ts';

/** A run has a Python to find and a Robot to start. */
const LONG = 90_000;
const SUITES = {
  'fans.robot': `*** Test Cases ***
Fan Turns
    Log    one fan turns    console=yes
Fan Is Loud
    Fail    Fan 4 turns at 1080 rpm
`,
  'soak.robot': `*** Test Cases ***
Soak
    Log    soaking begins    console=yes
    Sleep    300
`,
};

const serious = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');

test('B3, B4, B5, B6: a tester elsewhere brings suites, runs them on a machine, watches, stops, repeats, and keeps the report', async ({
  anybody,
  home: place,
}) => {
  test.setTimeout(300_000);
  const hub = await start<{ url: string; firstLink: string }>('hub', ['--port', '0']);
  const lab = await start('atn', ['serve', '--demo']);
  try {
    const admin = await (await anybody()).newPage();
    await joinHub(admin, hub.said.firstLink, { name: 'Ada', login: 'ada' });
    await letIn(admin, hub.said.url, { home: lab.home, suts: ['demo-01'], linked: 1 });
    atn(lab.home, 'hub', 'allow-runs');
    const page = await (await anybody()).newPage();
    await joinHub(page, await linkFor(admin, hub.said.url), { name: 'Aiko Mori', login: 'aiko' });

    await page.getByRole('link', { name: 'Test data' }).click();
    const zip = join(place, 'Fan curve.zip');
    await writeZip(zip, SUITES);
    await page.getByLabel('A zip of suites').setInputFiles(zip);
    await page.getByRole('button', { name: 'Bring' }).click();
    await expect(page.getByText('3 cases in 2 suites')).toBeVisible();
    expect(await serious(page)).toEqual([]);

    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await page.getByRole('gridcell', { name: 'demo-01' }).click();
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await expect(page.getByText(/Yours until /u)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Run on it' }).click();
    await page.getByRole('checkbox', { name: 'fans.robot' }).uncheck();
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'Run', exact: true }).click();

    await expect(page.getByRole('treeitem', { name: /Sleep/u })).toBeVisible({ timeout: LONG });
    await page.getByRole('tab', { name: 'Console' }).click();
    await expect(page.getByText('soaking begins')).toBeVisible({ timeout: 30_000 });
    expect(atn(lab.home, 'runs', '--json')).toContain('aiko @');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Stop Fan curve' }).click();
    await expect(page.locator('.standing').getByText('Stopped')).toBeVisible({ timeout: LONG });

    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('link', { name: 'New run' }).click();
    await page.getByRole('checkbox', { name: 'soak.robot' }).uncheck();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.locator('.standing').getByText('Failed')).toBeVisible({ timeout: LONG });
    await page.getByRole('button', { name: /^Rerun .*failed|^Rerun the/iu }).click();
    await expect(page.getByText('rerun of')).toBeVisible({ timeout: LONG });
    await expect(page.locator('.standing').getByText('Failed')).toBeVisible({ timeout: LONG });
    // Before the lab goes, the hub has all of it.
    const told = `${hub.said.url}/api/v1/runs/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}`;
    const published = async () => ((await (await page.request.get(told)).json()) as { publishedAt: number | null }).publishedAt;
    await expect.poll(published, { timeout: LONG }).not.toBeNull();
    await expect(page.getByText('report and record are on their way')).toHaveCount(0);

    await lab.kill();
    await page.reload();
    await page.getByRole('tab', { name: 'Tree' }).click();
    await expect(page.getByRole('treeitem', { name: /Fan Is Loud/u })).toBeVisible({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'Report' }).click();
    await expect(page.getByText('1 of 1 tests failed.')).toBeVisible();
    const opened = page.context().waitForEvent('page', { timeout: 30_000 });
    await page.getByRole('button', { name: 'log.html' }).click();
    const report = await opened;
    await expect(report.frameLocator('iframe').getByText('Fan Is Loud').first()).toBeVisible({ timeout: 30_000 });
    expect(await report.evaluate(() => ({ opened: window.opener !== null, from: document.referrer }))).toEqual({ opened: false, from: '' });
    await report.close();
    // A browser that opens no tab leaves a link to press.
    await page.evaluate(() => Object.assign(window, { open: () => null }));
    await page.getByRole('button', { name: 'log.html' }).click();
    const again = page.context().waitForEvent('page', { timeout: 30_000 });
    await page.getByRole('link', { name: /^Open .*log\.html/u }).click();
    await expect((await again).frameLocator('iframe').getByText('Fan Is Loud').first()).toBeVisible({ timeout: 30_000 });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'xUnit' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xml$/u);
    await expect(page.getByRole('menu')).toHaveCount(0);
    expect(await serious(page)).toEqual([]);

    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByPlaceholder('Name, machine, lab, person').fill('aiko demo-01');
    await expect(page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'Fan curve' })).toHaveCount(3);
  } finally {
    for (const { stop } of [lab, hub]) await stop();
  }
});
