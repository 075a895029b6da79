import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foreignResult } from '../fixtures/foreign-results.ts';
import { importResult } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';

test('A6: of old runs exactly those go that were shown first; what is important stays', async ({ page, home, join: joinHarness }) => {
  const client = await joinHarness();
  const ids: string[] = [];
  for (const [index, suite] of ['First', 'Second', 'Third', 'Fourth'].entries())
    ids.push(await importResult(client, foreignResult(home, { suite, hoursAgo: 8 - index, tests: [{ name: 'Fan' }] })));
  const [important = '', oldest = ''] = ids;
  const run = new RunPage(page);
  await run.goto(important);
  await page.getByRole('button', { name: 'More for this run' }).click();
  await page.getByRole('menuitem', { name: 'Mark as important' }).click();
  await expect(page.locator('.run-head')).toContainText('important');
  await page.getByRole('button', { name: 'More for this run' }).click();
  await expect(page.getByRole('menuitem', { name: 'No longer important' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^Remove/u })).toHaveCount(0);
  await page.keyboard.press('Escape');

  const settings = new SettingsPage(page);
  await settings.open('Old runs');
  const preview = settings.setting('What would go now');
  await expect(preview).toContainText('Nothing');
  const byNumber = settings.setting('Runs by number');
  await byNumber.getByRole('radio', { name: 'Limit' }).click();
  await byNumber.getByRole('spinbutton').fill('3');
  await byNumber.getByRole('spinbutton').press('Enter');
  const going = page.getByRole('list', { name: 'What would go now' }).getByRole('listitem');
  await expect(going).toHaveCount(1);
  await expect(going).toContainText('Second');
  await expect(going).toContainText('the run, by number');
  await expect(preview).toContainText('1 run always stay');
  expect((await client.runs.list({})).total).toBe(4); // what is shown has not gone yet

  await preview.getByRole('button', { name: /^Remove 1 item/u }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep them' }).click();
  expect((await client.runs.list({})).total).toBe(4);
  await preview.getByRole('button', { name: /^Remove 1 item/u }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove them' }).click();
  await expect(preview).toContainText('1 item removed');
  await expect(preview).toContainText('Nothing');
  const left = (await client.runs.list({})).rows.map(({ run }) => run.id);
  expect(left.toSorted()).toEqual(ids.filter((id) => id !== oldest).toSorted());
  expect(existsSync(join(home, 'runs', oldest))).toBe(false);
  expect(existsSync(join(home, 'runs', important))).toBe(true);
});
