import type { Page } from '@playwright/test';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { Gates, suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';

const NAMES = ['first', 'second', 'third'];

async function openActivity(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
}

const queue = (page: Page) => page.getByRole('region', { name: 'Queue' });

test('S5: the queue is paused, reordered and given up on its page, and a restart keeps pause, order and workers', async ({
  launch,
  home,
  join: joinHarness,
}) => {
  test.setTimeout(120_000);
  const gates = new Gates(home);
  gates.open('second', 'third');
  const { page, app } = await launch();
  await openActivity(page);
  await page.getByRole('button', { name: 'Pause queue' }).click();
  await expect(page.getByRole('button', { name: 'Resume queue' })).toBeVisible();
  const client = await joinHarness();
  const testData = await importPath(client, suite('gated'));
  for (const name of NAMES) await startRun(client, testData, { name, variables: [gates.variable] });
  await expect(queue(page).getByRole('link')).toHaveText(NAMES);

  await queue(page).getByRole('button', { name: 'Move third up' }).click();
  await expect(queue(page).getByRole('link')).toHaveText(['first', 'third', 'second']);
  await queue(page).getByRole('link', { name: 'second' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(queue(page).getByRole('link')).toHaveText(['first', 'second', 'third']);
  await queue(page).getByRole('button', { name: 'Move first down' }).click();
  await expect(queue(page).getByRole('link')).toHaveText(['second', 'first', 'third']);

  const workers = page.getByRole('group', { name: 'Workers' }).locator('.workers');
  const before = Number(await workers.textContent());
  await page.getByRole('button', { name: 'One worker more' }).click();
  await expect(workers).toHaveText(String(before + 1));

  await app.close();
  const after = await launch();
  await openActivity(after.page);
  await expect(after.page.getByRole('button', { name: 'Resume queue' })).toBeVisible();
  await expect(queue(after.page).getByRole('link')).toHaveText(['second', 'first', 'third']);
  await expect(after.page.getByRole('group', { name: 'Workers' }).locator('.workers')).toHaveText(String(before + 1));
  await after.page.getByRole('button', { name: 'Resume queue' }).click();
  const again = await joinHarness();
  const passed = async () => (await again.runs.list({ verdicts: ['passed'] })).total;
  await expect.poll(passed, { timeout: 90_000 }).toBe(3);
  await expect(queue(after.page)).toContainText('Nothing waits.');
});

test('S5: one worker runs one at a time; a second one begins the next run at once', async ({ page, home, join: joinHarness }) => {
  test.setTimeout(90_000);
  const gates = new Gates(home);
  const client = await joinHarness();
  await client.system.updateSettings({ workers: 1 });
  const testData = await importPath(client, suite('gated'));
  for (const name of NAMES.slice(0, 2)) await startRun(client, testData, { name, variables: [gates.variable] });
  await openActivity(page);
  const active = page.getByRole('region', { name: 'Runs pool' });
  await expect(active.getByRole('link', { name: 'first' })).toBeVisible();
  await expect(queue(page).getByRole('link')).toHaveText(['second']);
  await page.getByRole('button', { name: 'One worker more' }).click();
  await expect(active.getByRole('link', { name: 'second' })).toBeVisible({ timeout: 30_000 });
  await expect(queue(page)).toContainText('Nothing waits.');
  gates.open('second', 'third');
  await expect.poll(async () => (await client.runs.list({ verdicts: ['passed'] })).total, { timeout: 60_000 }).toBe(2);
});
