import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveDownloadsIn } from '../fixtures/dialogs.ts';
import { importPath } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { readZip } from '../fixtures/zip.ts';
import { SettingsPage } from '../pages/settings-page.ts';

const PASSWORD = 'Tr0ub4dor-ünd-3';

test('Doctor says what is broken and why, does what its button says, and finds it good again', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const { newest } = await importPath(await joinHarness(), suite('names'));
  const [file] = await (await joinHarness()).testData.files({ revision: newest.hash });
  const content = join(home, 'content', file?.sha256.slice(0, 2) ?? '', file?.sha256.slice(2) ?? '');
  chmodSync(content, 0o600);
  writeFileSync(content, readFileSync(content).fill(0x78));
  if (process.platform !== 'win32') chmodSync(home, 0o755);
  await new SettingsPage(page).open('Doctor');
  const repair = page.locator('.check.open');
  const done = page.getByRole('status').filter({ hasText: /\d+ checks, \d+ fine/u });
  await expect(done).toBeVisible({ timeout: 60_000 });

  if (process.platform !== 'win32') {
    const open = repair.filter({ hasText: 'Permissions' });
    await expect(open).toContainText('Other users of this computer can reach what is in the home');
    await open.getByRole('button', { name: 'Close it to others' }).click();
    await expect(open).toHaveCount(0);
    await expect(page.locator('.check').filter({ hasText: 'is yours alone' })).toBeVisible();
    expect(statSync(home).mode & 0o777).toBe(0o700);
  }

  await page.getByRole('button', { name: 'Check thoroughly' }).click();
  const damaged = repair.filter({ hasText: content });
  await expect(damaged).toBeVisible({ timeout: 60_000 });
  await damaged.getByRole('button', { name: 'Set 1 damaged file aside' }).click();
  const question = page.getByRole('alertdialog', { name: 'Set 1 damaged file aside?' });
  await expect(question).toContainText('names');
  await question.getByRole('button', { name: 'Set 1 damaged file aside' }).click();
  await expect(damaged).toHaveCount(0);
  expect(existsSync(content)).toBe(false);
});

test('a support bundle is read before it is saved, holds what was read, and no secret', async ({
  workbench: { app, page },
  home,
  join: joinHarness,
}) => {
  const client = await joinHarness();
  const endpoint = { provider: 'ipmi' as const, address: '127.0.0.1', user: 'admin', password: PASSWORD };
  await client.suts.create({ name: 'rack-77', endpoints: [endpoint] });
  const folder = join(home, 'taken');
  mkdirSync(folder);
  await saveDownloadsIn(app, folder);
  const settings = new SettingsPage(page);
  await settings.open('Doctor');
  const bundle = settings.setting('Support bundle');
  await bundle.getByRole('button', { name: 'Show what is in it' }).click();
  const shown = bundle.locator('summary .mono');
  await expect(shown.filter({ hasText: /doctor|checks/u }).first()).toBeVisible({ timeout: 60_000 });
  const names = await shown.allInnerTexts();
  await bundle.locator('summary').first().click();
  await expect(bundle.locator('.bundle-head').first()).not.toBeEmpty();
  await bundle.getByRole('button', { name: /^Save/u }).click();
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  const zip = join(folder, readdirSync(folder)[0] ?? '');
  await expect.poll(() => readZip(zip).catch(() => null)).not.toBeNull();
  const files = await readZip(zip);
  expect([...files.keys()].toSorted()).toEqual(['README.txt', ...names].toSorted());
  for (const [name, text] of files) expect(text.includes(PASSWORD), name).toBe(false);
});
