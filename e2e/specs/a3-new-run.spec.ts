import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath } from '../fixtures/harness-client.ts';
import { Gates, suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { RunPage } from '../pages/run-page.ts';

test('A3: choose data, cases by tag, a SUT and a condition, then run it by the keyboard', async ({ page, join: joinHarness }) => {
  const client = await joinHarness();
  await importPath(client, suite('repair'));
  await importPath(client, suite('names'));
  await client.suts.create({ name: 'dl380-07', information: [{ key: 'address', kind: 'address', value: '192.0.2.7' }] });
  const plan = new NewRunPage(page);
  await plan.open();
  await plan.choose('repair');
  await expect(plan.run).toContainText('Run 4 cases');
  await plan.choose('names');
  await expect(plan.run).toContainText('Run 3 cases');
  await plan.cases.getByRole('group', { name: 'Include by tag' }).getByRole('button', { name: /größe/u }).click();
  await expect(plan.run).toContainText('Run 2 cases');
  await expect(plan.cases.getByRole('status', { name: '2 of 3 cases' })).toBeVisible();
  await plan.cases.getByRole('button', { name: 'Take all' }).click();
  await expect(plan.run).toContainText('Run 3 cases');
  await plan.addSut('dl380-07');
  await plan.plan.getByRole('button', { name: 'Write or paste' }).click();
  await plan.plan.getByRole('textbox', { name: 'Condition name' }).fill('größter Wert');
  await plan.plan.getByRole('textbox', { name: 'Condition YAML' }).fill('LIMIT: 1200');
  await page.keyboard.press('Control+Enter');

  const run = new RunPage(page);
  const id = await run.arrive();
  await run.ended('Passed'); // the third case passes only with the LIMIT of the condition
  await expect(run.count(3, 'passed')).toBeVisible();
  await expect(page.locator('.run-head')).toContainText('dl380-07');
  await expect(page.locator('.run-head')).toContainText('größter Wert');
  const { reportDirectory } = await client.runs.get({ id });
  expect(readFileSync(join(reportDirectory, 'output.xml'), 'utf8')).toContain('Grüße, 你好 und שלום');
});

test('A3: names of any script and sign are shown as they are, and run nothing', async ({ page, join: joinHarness }) => {
  const client = await joinHarness();
  await importPath(client, suite('names'));
  const plan = new NewRunPage(page);
  await plan.open();
  await plan.choose('names');
  const names = ['Grüße, 你好 und שלום', `It's "quoted" & <b>tagged</b>`, '$(echo no) `shell` %PATH% here'];
  for (const name of names) await expect(plan.cases.getByRole('treeitem').filter({ hasText: name })).toBeVisible();
  // One case alone, by a name that a command line would take apart: none, then this.
  await plan.cases.getByRole('treeitem', { level: 1 }).getByRole('checkbox').click();
  await expect(plan.reasons).toContainText('No case is selected');
  await plan.cases
    .getByRole('treeitem')
    .filter({ hasText: names[1] ?? '' })
    .getByRole('checkbox')
    .click();
  await expect(plan.run).toContainText('Run 1 case');
  await plan.run.click();
  const run = new RunPage(page);
  await run.arrive();
  await run.ended('Passed');
  await expect(run.count(1, 'passed')).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'hacked') as unknown)).toBeUndefined();
});

test('A3: a refusal says every reason at once, and each can be repaired', async ({ page, home, join: joinHarness }) => {
  const gates = new Gates(home);
  const client = await joinHarness();
  await importPath(client, suite('gated'));
  await client.suts.create({ name: 'free-one' });
  const plan = new NewRunPage(page);
  await plan.open();
  await plan.choose('gated');
  await plan.addSut('free-one');
  await plan.setVariables(gates.variable);
  await plan.plan.getByRole('button', { name: 'Write or paste' }).click();
  await plan.plan.getByRole('textbox', { name: 'Condition name' }).fill('broken');
  await plan.plan.getByRole('textbox', { name: 'Condition YAML' }).fill('A: [1');
  await plan.plan.getByRole('textbox', { name: 'Robot options' }).fill('--output /elsewhere.xml');
  await page.keyboard.press('Control+Enter');
  await expect(plan.reasons.getByRole('listitem')).toHaveCount(2);
  await expect(plan.reasons).toContainText('The condition is broken');
  await expect(plan.reasons).toContainText('--output');
  // Somebody takes the machine that was free when it was chosen: that is said at once too, once.
  const free = (await client.suts.list()).find(({ name }) => name === 'free-one');
  await client.suts.hold({ id: free?.id ?? '', by: 'linus' });
  await expect(plan.reasons).toContainText('free-one is held by linus');
  await expect(plan.reasons.getByRole('listitem')).toHaveCount(3);
  await plan.reasons.getByRole('button', { name: 'Leave out free-one' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(plan.reasons.getByRole('listitem')).toHaveCount(2);
  await plan.reasons.getByRole('button', { name: 'No condition' }).click();
  await plan.plan.getByRole('textbox', { name: 'Robot options' }).fill('');
  await expect(plan.reasons).toBeHidden();
  await page.keyboard.press('Control+Enter');
  const run = new RunPage(page);
  await run.arrive();
  gates.open('second', 'third');
  await run.ended('Passed');
});
