import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/browser.ts';
import { joinHarness } from '../fixtures/harness-client.ts';
import { atn, joinHub, letIn, linkFor, start } from '../fixtures/hub-site.ts';
import { writeTinyMachine } from '../lab/tiny-machine.ts';

/** A virtual machine boots, a Python is found, a library is installed, a Robot starts. */
const LONG = 150_000;
const WHEEL = join(import.meta.dirname, '../fixtures/wheels/atn_greeter-1.0-py3-none-any.whl');
const SUITE = `*** Settings ***
Library    AtnGreeter
*** Test Cases ***
Greets
    \${said}=    Greet    \${WHOM}
    Should Be Equal    \${said}    hello fans
`;
const RECIPE = `recipe: Boot from the image
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from cdrom, limit: 120 }
powerAfter: off
`;

const serious = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');

async function bring(page: Page, label: RegExp, path: string): Promise<void> {
  await page.getByLabel(label).setInputFiles(path);
  await page.getByRole('button', { name: 'Bring', exact: true }).click();
}

/** A lab with one virtual machine; answers a folder of suites with a recipe, and an image that boots. */
async function prepare(home: string, place: string): Promise<{ folder: string; iso: string }> {
  const { client, close } = await joinHarness(home);
  await client.suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu' }] });
  close();
  const folder = join(place, 'Fan greetings');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'deep', 'greet.robot'), SUITE);
  writeFileSync(join(folder, 'boot.recipe.yaml'), RECIPE);
  const { iso } = writeTinyMachine(place);
  const image = readFileSync(iso);
  // The tiny disc only boots; every real one says at its first descriptor that it is an ISO 9660 disc.
  image.write('\u0001CD001\u0001', 32_768, 'latin1');
  writeFileSync(iso, image);
  return { folder, iso };
}

test('B3, B4: a tester elsewhere brings a folder, a condition, a library and an image, keeps a plan, starts it with one press, and watches', async ({
  anybody,
  home: place,
}) => {
  test.setTimeout(400_000);
  const hub = await start<{ url: string; firstLink: string }>('hub', ['--port', '0']);
  const lab = await start<{ oneTimeUrl: string }>('atn', ['serve']);
  try {
    const { folder, iso } = await prepare(lab.home, place);
    const admin = await (await anybody()).newPage();
    await joinHub(admin, hub.said.firstLink, { name: 'Ada', login: 'ada' });
    await letIn(admin, hub.said.url, { home: lab.home, suts: ['virtual-1'], linked: 1 });
    atn(lab.home, 'hub', 'allow-runs');
    const page = await (await anybody()).newPage();
    await joinHub(page, await linkFor(admin, hub.said.url), { name: 'Aiko Mori', login: 'aiko' });

    await page.getByRole('link', { name: 'Test data' }).click();
    await expect(page.getByText('takes suites only')).toBeVisible({ timeout: 30_000 });
    await bring(page, /^A folder of suites/u, folder);
    await expect(page.getByText('1 case in 1 suite')).toBeVisible();
    await bring(page, /^A zip of suites/u, WHEEL);
    await expect(page.getByRole('region', { name: 'Libraries' })).toContainText('atn_greeter');
    await bring(page, /^A zip of suites/u, iso);
    await expect(page.getByRole('region', { name: 'Images' })).toContainText('tiny');
    expect(await serious(page)).toEqual([]);

    await page.getByRole('link', { name: 'Plans' }).click();
    await page.getByRole('button', { name: 'New condition' }).click();
    await page.getByLabel('Name of the condition').fill('Fans');
    await page.getByLabel(/^Variables \(YAML\)/u).fill('- no names');
    await page.getByRole('button', { name: 'Save condition' }).click();
    await expect(page.getByText('one a line, as "name: value"')).toBeVisible();
    await page.getByLabel(/^Variables \(YAML\)/u).fill('WHOM: fans');
    await page.getByRole('button', { name: 'Save condition' }).click();
    await expect(page.getByRole('list', { name: 'Conditions' })).toContainText('WHOM: fans');

    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await page.getByRole('gridcell', { name: 'virtual-1' }).click();
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await expect(page.getByText(/Yours until /u)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Run on it' }).click();
    await page.getByRole('checkbox', { name: /atn_greeter/u }).check();
    await page.getByLabel('Install the machines from').selectOption({ index: 1 });
    await page.getByLabel(/^By the recipe/u).fill('boot.recipe.yaml');
    await page.getByLabel('Condition').selectOption({ label: 'Fans, of aiko' });
    await expect(page.getByText('The lab takes no libraries as files')).toBeVisible();
    await expect(page.getByText(/The lab takes no images/u)).toBeVisible();
    const owner = await (await anybody()).newPage();
    await owner.goto(lab.said.oneTimeUrl);
    await owner.getByRole('link', { name: 'Hub', exact: true }).click();
    await owner.getByLabel('Libraries as files (wheels)').check();
    await owner.getByLabel(/^Images to install/u).fill('0.01');
    await owner.getByRole('button', { name: 'Save', exact: true }).click();
    expect(await serious(owner)).toEqual([]);
    await expect(page.getByText('this lab takes suites, wheels, images up to 10 MB')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('The lab takes no libraries as files')).toHaveCount(0);
    expect(await serious(page)).toEqual([]);
    await page.getByLabel('Name of the plan').fill('Greet the fans');
    await page.getByRole('button', { name: 'Save as plan' }).click();

    const plans = page.getByRole('list', { name: 'Plans', exact: true });
    await expect(plans).toContainText('Greet the fans');
    await expect(plans).toContainText('1 library');
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.locator('.standing').getByText('Passed')).toBeVisible({ timeout: LONG });
    await expect(page.getByRole('treeitem', { name: /Deep/u })).toBeVisible({ timeout: 30_000 });

    expect(atn(lab.home, 'libraries', '--json')).toContain('atn-greeter');
    expect(atn(lab.home, 'images', '--json')).toContain('From the hub');

    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await page.getByRole('button', { name: 'Release' }).click();
    await expect(page.getByText('You have no machine')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Plans' }).click();
    await page.getByRole('button', { name: 'Reserve for 2 h' }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled({ timeout: 30_000 });
  } finally {
    for (const { stop } of [lab, hub]) await stop();
  }
});
