import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/browser.ts';

const program = (name: string) => join(import.meta.dirname, `../../out/main/${name}.js`);
const PASSWORD = 'seven green bicycles';

interface Started<Said> {
  said: Said;
  home: string;
  stop: () => Promise<void>;
}

/** A real process on a home of its own; answers what it says when it is up. */
async function start<Said>(name: string, parameters: string[]): Promise<Started<Said>> {
  const home = mkdtempSync(join(tmpdir(), 'atn-e2e-hub-'));
  const child = spawn(process.execPath, [program(name), ...parameters, '--json', '--home', home], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await expect.poll(() => text.trim().endsWith('}'), { timeout: 60_000 }).toBe(true);
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  };
  return { said: JSON.parse(text) as Said, home, stop };
}

function atn(home: string, ...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program('atn'), ...parameters, '--home', home], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`atn ${parameters.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

test('B1, B2: two labs join a hub; a tester elsewhere finds a machine, has it, and gives it back', async ({ anybody }) => {
  test.setTimeout(120_000);
  const hub = await start<{ url: string; firstLink: string }>('hub', ['--port', '0']);
  const labs = [await start('atn', ['serve', '--demo']), await start('atn', ['serve', '--demo'])];
  try {
    const page = await (await anybody()).newPage();
    await page.goto(hub.said.firstLink);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();

    for (const [index, lab] of labs.entries()) {
      await page.goto(`${hub.said.url}/harnesses`);
      await page.getByRole('button', { name: 'Let a harness in' }).click();
      const code = await page.locator('.hub-secret.strong').innerText();
      atn(lab.home, 'hub', 'share', 'demo-01', 'demo-02');
      atn(lab.home, 'hub', 'connect', hub.said.url, code);
      await page.getByRole('button', { name: 'Approve' }).click();
      await expect(page.getByText('linked', { exact: true })).toHaveCount(index + 1, { timeout: 30_000 });
    }

    await page.goto(`${hub.said.url}/people`);
    await page.getByRole('button', { name: 'Make a one-time link' }).click();
    const link = await page.locator('.hub-secret').innerText();
    const remote = await (await anybody()).newPage();
    await remote.goto(link);
    await remote.getByLabel('Your name').fill('Aiko Mori');
    await remote.getByLabel('Login').fill('aiko');
    await remote.getByLabel('Password').fill(PASSWORD);
    await remote.getByRole('button', { name: 'Join' }).click();
    await expect(remote.getByText('Free now 4')).toBeVisible();
    await expect(remote.getByRole('link', { name: 'People' })).toHaveCount(0);

    await remote.getByRole('gridcell', { name: 'demo-01' }).first().click();
    await remote.getByLabel('What for').fill('the boot fix');
    await remote.getByRole('button', { name: 'Reserve', exact: true }).click();
    await expect(remote.getByText(/Yours until .*the boot fix/u)).toBeVisible({ timeout: 30_000 });
    expect(labs.map(({ home }) => atn(home, 'reservations')).join('')).toContain('aiko');
    const { violations } = await new AxeBuilder({ page: remote }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

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
