import { importPath, startRun } from '../fixtures/harness-client.ts';
import { Gates, suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { RunPage } from '../pages/run-page.ts';

test('S6: two runs never share a SUT: the second waits, says for what, and begins when it is free', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const [one, two] = [new Gates(home, 'one'), new Gates(home, 'two')];
  const client = await joinHarness();
  const testData = await importPath(client, suite('gated'));
  await client.suts.create({ name: 'dl380-07' });
  const first = await startRun(client, testData, { name: 'first', suts: ['dl380-07'], variables: [one.variable] });
  await expect.poll(async () => (await client.runs.get({ id: first.id })).state).toBe('executing');

  const plan = new NewRunPage(page);
  await plan.open();
  await plan.plan.getByRole('textbox', { name: 'Name', exact: true }).fill('second');
  await plan.addSut('dl380-07');
  await expect(plan.plan).toContainText('will wait for dl380-07, in use by first');
  await plan.setVariables(two.variable);
  await page.keyboard.press('Control+Enter');
  const run = new RunPage(page);
  const second = await run.arrive();
  await expect(run.phase('Queued')).toHaveAttribute('aria-current', 'step');
  await expect(page.getByText(/Place 1 in the queue\. .*dl380-07/u)).toBeVisible();
  two.open('second', 'third'); // nothing but the SUT keeps it
  expect((await client.runs.get({ id: second })).state).toBe('queued');

  one.open('second', 'third');
  await run.ended('Passed');
  const [before, after] = [await client.runs.get({ id: first.id }), await client.runs.get({ id: second })];
  expect(before.verdict).toBe('passed');
  const executing = after.phases.find(({ state }) => state === 'executing')?.startedAt ?? 0;
  expect(executing).toBeGreaterThanOrEqual(before.phases.find(({ state }) => state === 'executing')?.endedAt ?? Infinity);
});

test('S6: runs on different SUTs run at the same time, and Today shows both', async ({ page, home, join: joinHarness }) => {
  const [one, two] = [new Gates(home, 'one'), new Gates(home, 'two')];
  const client = await joinHarness();
  await client.system.updateSettings({ workers: 2 });
  const testData = await importPath(client, suite('gated'));
  for (const name of ['dl380-07', 'dl380-08']) await client.suts.create({ name });
  const first = await startRun(client, testData, { name: 'first', suts: ['dl380-07'], variables: [one.variable] });
  const second = await startRun(client, testData, { name: 'second', suts: ['dl380-08'], variables: [two.variable] });
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Today' }).click();
  const running = page.getByRole('region', { name: 'Running', exact: true });
  for (const name of ['first', 'second']) await expect(running.getByRole('link', { name })).toBeVisible();
  // Both have passed their first step and wait at their own gates: they run together.
  for (const { id } of [first, second]) await expect.poll(async () => (await client.runs.get({ id })).counts.passed).toBe(1);
  await expect(running.getByRole('img', { name: 'Phase: Executing' })).toHaveCount(2);
  one.open('second', 'third');
  two.open('second', 'third');
  await expect(running).toContainText('Nothing runs now.', { timeout: 30_000 });
  for (const { id } of [first, second]) expect((await client.runs.get({ id })).verdict).toBe('passed');
});
