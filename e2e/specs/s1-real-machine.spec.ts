import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/workbench.ts';
import { startBmcWithMachine } from '../lab/bmc-with-machine.ts';
import { writeTinyMachine } from '../lab/tiny-machine.ts';
import { BoardPage } from '../pages/board-page.ts';
import { SutsPage } from '../pages/suts-page.ts';

/** What a colleague gets who switches a machine by the loopback face, under their own name. */
async function powerAs(person: string, { home, id }: { home: string; id: string }): Promise<{ status: number; message: string }> {
  const { url, tokenFile } = JSON.parse(readFileSync(join(home, 'owner.json'), 'utf8')) as { url: string; tokenFile: string };
  const headers = {
    authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
    'content-type': 'application/json',
    'x-atn-person': encodeURIComponent(person),
  };
  const body = JSON.stringify({ action: 'off', confirmed: true });
  const answer = await fetch(`${url}/api/v1/suts/${id}/power`, { method: 'POST', headers, body });
  const { message = '' } = (await answer.json()) as { message?: string };
  return { status: answer.status, message };
}

async function choose({ page, detail, menu, item }: { page: Page; detail: Locator; menu: string; item: string }): Promise<void> {
  await detail.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Takes the console, types, and waits until the machine has sent it back. */
async function typeInto(detail: Locator, page: Page, { greeting, words }: { greeting: RegExp; words: string }): Promise<void> {
  const screen = detail.locator('.xterm-rows');
  await expect(screen).toContainText(greeting, { timeout: 60_000 });
  await detail.getByRole('button', { name: 'Take over' }).click();
  await expect(detail.getByRole('button', { name: 'Hand over' })).toBeVisible();
  await detail.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type(words, { delay: 30 });
  await expect(screen).toContainText(words);
  await page.keyboard.press('Control+Shift+Escape');
}

test('a real machine is discovered, added, verified, cycled, typed into, read, held, refused to others, handed over and taken back', async ({
  workbench: { app, page },
  home,
  join: joinHarness,
}, info) => {
  test.setTimeout(240_000);
  const bmc = await startBmcWithMachine();
  try {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
    const suts = new SutsPage(page);
    await suts.open();
    await page.getByRole('link', { name: 'Discover' }).click();
    await page.getByLabel('Addresses', { exact: true }).fill('127.0.0.1-4');
    await page.getByLabel('IPMI port').fill(String(bmc.port));
    await page.getByLabel('Redfish port').fill('');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const found = page
      .getByRole('list', { name: /machine/u })
      .getByRole('listitem')
      .filter({ hasText: '127.0.0.1' })
      .first();
    await expect(found).toContainText('IPMI', { timeout: 60_000 });
    await expect(page.getByText('4 of 4 asked')).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: info.outputPath('discovered.png') });
    await found.getByRole('button', { name: 'Add' }).click();
    const form = page.getByRole('form', { name: 'Add a machine' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('node-1');
    await form.getByLabel('User').fill(bmc.username);
    await form.getByLabel('Password').fill(bmc.password);
    await form.getByRole('button', { name: 'Add machine' }).click();

    const detail = suts.detail('node-1');
    await detail.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(detail.getByRole('listitem').filter({ hasText: 'Power' })).toContainText('ms', { timeout: 90_000 });
    await expect(detail.getByRole('button', { name: 'Verify again' })).toBeEnabled({ timeout: 90_000 });
    await choose({ page, detail, menu: 'Power', item: 'Power on' });
    await expect(detail.getByText('Power on: done.')).toBeVisible({ timeout: 30_000 });
    await expect(suts.row('node-1')).toContainText('On', { timeout: 30_000 });
    await detail.getByRole('tab', { name: 'Console' }).click();
    await expect(detail.getByText('Recorded')).toBeVisible({ timeout: 30_000 });
    await choose({ page, detail, menu: 'Power', item: 'Power cycle' });
    await expect(detail.getByText('Power cycle: done.')).toBeVisible({ timeout: 30_000 });
    await typeInto(detail, page, { greeting: /booted from disk/u, words: 'hello, machine' });
    await detail.getByRole('tab', { name: 'Sensors' }).click();
    await expect(detail.getByRole('list', { name: 'Sensors' }).getByRole('listitem').first()).toBeVisible({ timeout: 30_000 });
    await page.screenshot({ path: info.outputPath('real-machine.png') });

    const client = await joinHarness();
    const { id } = (await client.suts.list())[0] ?? { id: '' };
    const { user } = await client.system.info();
    await detail.getByRole('button', { name: 'Hold', exact: true }).click();
    await expect(suts.row('node-1')).toContainText('You');
    const refused = await powerAs('Eve Adams', { home, id });
    expect(refused).toMatchObject({ status: 409, message: expect.stringContaining(user) });
    expect(await client.suts.powerStatus({ id })).toMatchObject({ on: true });

    const board = new BoardPage(page);
    await board.open();
    await board.block('node-1', /^node-1, you/u).click();
    await board.detail.getByRole('button', { name: 'Hand over' }).click();
    await board.detail.getByRole('combobox', { name: 'Colleague' }).fill('Priya Raman');
    await board.detail.getByRole('button', { name: 'Hand over' }).last().click();
    await expect(board.block('node-1', /Priya Raman/u)).toBeVisible();

    // Its maintainer is asked first now, and leaves it.
    await suts.open();
    await suts.row('node-1').click();
    await choose({ page, detail, menu: 'Power', item: 'Power off' });
    const question = detail.getByRole('alertdialog');
    await expect(question).toContainText('Priya Raman');
    await question.getByRole('button', { name: 'Leave it' }).click();
    expect(await client.suts.powerStatus({ id })).toMatchObject({ on: true });

    await board.open();
    await board.block('node-1', /Priya Raman/u).click();
    await board.detail.getByRole('button', { name: 'Take back' }).click();
    await board.detail.getByRole('textbox', { name: 'Why' }).fill('the rack moves');
    await board.detail.getByRole('button', { name: 'Take back', exact: true }).last().click();
    await expect.poll(async () => (await client.suts.get({ id })).reservedBy).toBeNull();
    const told = (await client.suts.events({ id })).map(({ what, outcome }) => `${what} ${outcome}`);
    expect(told).toEqual(
      expect.arrayContaining(['power off refused', 'power cycle done', 'verified done', 'hold begun noted', 'added noted']),
    );
  } finally {
    await bmc.stop();
  }
});

test('a virtual machine of this computer is made in the form, boots from an ISO put into its drive, and goes off', async ({
  workbench: { app, page },
  join: joinHarness,
}, info) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'atn-iso-'));
  const { iso } = writeTinyMachine(folder);
  try {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
    const suts = new SutsPage(page);
    await suts.open();
    await page.getByRole('link', { name: 'Add machine' }).click();
    const form = page.getByRole('form', { name: 'Add a machine' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('vm-1');
    await form.getByRole('button', { name: 'Add an endpoint' }).click();
    await form.getByLabel('Way').selectOption('qemu');
    await form.getByLabel('Memory, MiB').fill('64');
    await form.getByLabel('Disk, GiB').fill('0');
    await form.getByRole('button', { name: 'Add machine' }).click();
    const detail = suts.detail('vm-1');
    await detail.getByRole('button', { name: 'Media' }).click();
    const media = detail.getByRole('region', { name: 'Virtual media' });
    await media.getByLabel('Address of the image').fill(iso);
    await media.getByRole('button', { name: 'Insert' }).click();
    await expect(media.getByRole('list', { name: 'Drives' })).toContainText('tiny.iso', { timeout: 30_000 });
    await choose({ page, detail, menu: 'Power', item: 'Power on' });
    await expect(detail.getByText('Power on: done.')).toBeVisible({ timeout: 30_000 });
    await detail.getByRole('tab', { name: 'Console' }).click();
    await expect(detail.getByText('Recorded')).toBeVisible({ timeout: 30_000 });
    await choose({ page, detail, menu: 'Power', item: 'Reset' });
    await typeInto(detail, page, { greeting: /booted from cdrom/u, words: 'from the disc' });
    await page.screenshot({ path: info.outputPath('virtual-machine.png') });
    await media.getByRole('button', { name: 'Eject' }).click();
    await expect(media.getByRole('list', { name: 'Drives' })).toContainText('empty', { timeout: 30_000 });
    await choose({ page, detail, menu: 'Power', item: 'Power off' });
    await expect(suts.row('vm-1')).toContainText('Off', { timeout: 30_000 });
  } finally {
    // It would go on without the workbench, as a machine does.
    const client = await joinHarness();
    for (const { id } of await client.suts.list()) await client.suts.power({ id, action: 'off', confirmed: true }).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
});
