import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from '../fixtures/browser.ts';
import { atn, joinHub, letIn, start } from '../fixtures/hub-site.ts';
import { writeZip } from '../fixtures/zip.ts';

/** A small laptop, and a tablet either way up; axe looks once in light and once in dark. */
const SIZES = [
  { width: 1280, height: 800, look: 'light' },
  { width: 1024, height: 768, look: null },
  { width: 820, height: 1180, look: 'dark' },
] as const;
const PAGES: readonly (readonly [path: string, heading: string])[] = [
  ['/', 'Today'],
  ['/runs', 'Runs'],
  ['/runs/new', 'New run'],
  ['/test-data', 'Test data'],
  ['/plans', 'Plans'],
  ['/suts', 'SUTs'],
  ['/reservations', 'Reservations'],
  ['/harnesses', 'Harnesses'],
  ['/people', 'People'],
  ['/settings', 'Settings'],
  ['/help', 'Guide'],
];

const serious = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);

/** Buttons, links and fields that no scrolling brings into the window, and how far the page itself can be pushed aside. */
const outOfReach = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element): boolean => {
      for (let at = element.parentElement; at !== null; at = at.parentElement)
        if (at.scrollWidth > at.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true;
      return false;
    };
    const beyond = [...document.querySelectorAll('button, a, input, select, textarea')].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (right > width + 1 || left < -1) && !scrolls(element);
    });
    return [document.documentElement.scrollWidth - width, ...beyond.map((element) => element.outerHTML.slice(0, 120))];
  });

async function lookAt(page: Page, address: URL, heading: string): Promise<void> {
  await page.goto(address.href);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  for (const { look, ...size } of SIZES) {
    const place = `${address.pathname} at ${size.width}`;
    await page.setViewportSize(size);
    await expect.poll(() => outOfReach(page), { message: place }).toEqual([0]);
    if (look === null) continue;
    await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
    expect(await serious(page), `${place}, ${look}`).toEqual([]);
  }
}

test('B1: every page of a hub is of use on a small laptop and on a tablet, in light and dark, and axe finds nothing serious', async ({
  anybody,
  home: place,
}) => {
  test.setTimeout(300_000);
  const hub = await start<{ url: string; firstLink: string }>('hub', ['--port', '0']);
  const lab = await start('atn', ['serve', '--demo']);
  try {
    const page = await (await anybody()).newPage();
    await joinHub(page, hub.said.firstLink, { name: 'Ada', login: 'ada' });
    await letIn(page, hub.said.url, { home: lab.home, suts: ['demo-01', 'demo-02', 'demo-03'], linked: 1 });
    atn(lab.home, 'hub', 'allow-runs');
    await page.getByRole('link', { name: 'Test data' }).click();
    const zip = join(place, 'Fan curve.zip');
    await writeZip(zip, { 'fans.robot': '*** Test Cases ***\nFan 1 turns\n    Log    4200\nFan 2 turns\n    Log    4300\n' });
    await page.getByLabel('A zip of suites').setInputFiles(zip);
    await page.getByRole('button', { name: 'Bring' }).click();
    await expect(page.getByText('2 cases in 1 suite')).toBeVisible();
    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await page.getByRole('gridcell', { name: 'demo-01' }).click();
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await expect(page.getByText(/Yours until /u)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Run on it' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.locator('.standing').getByText('Passed')).toBeVisible({ timeout: 150_000 });
    const run = new URL(page.url());

    for (const [path, heading] of PAGES) await lookAt(page, new URL(path, hub.said.url), heading);
    await lookAt(page, run, 'Fan curve');
  } finally {
    for (const { stop } of [lab, hub]) await stop();
  }
});
