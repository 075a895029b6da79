import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { ConditionsPage } from '../pages/conditions-page.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { PlansPage } from '../pages/plans-page.ts';
import { RunPage } from '../pages/run-page.ts';

const SUITE = `*** Test Cases ***
Limit Holds
    [Tags]    smoke
    Should Be Equal    \${LIMIT}    \${1200}
Fans Are Listed
    [Tags]    smoke
    Length Should Be    \${FANS}    2
    [Teardown]    Log    \${LIMIT}
Long Soak
    [Tags]    slow
    Sleep    60s
`;

const withCollections = SUITE.replace('*** Test Cases', '*** Settings ***\nLibrary    Collections\n*** Test Cases');

function suiteIn(home: string): string {
  const folder = join(home, 'cooling');
  mkdirSync(folder);
  writeFileSync(join(folder, 'cooling.robot'), withCollections);
  return folder;
}

test('A3: a condition has typed variables, inherits, and says what is wrong at its row', async ({ page, join: joinHarness }) => {
  const client = await joinHarness();
  const conditions = new ConditionsPage(page);
  await conditions.open();
  const base = await conditions.begin('base');
  await conditions.addVariable(base, { name: 'LIMIT', type: 'Whole number', value: 'many' });
  await base.getByRole('button', { name: 'Save' }).click();
  await expect(base.getByRole('alert')).toContainText('Write a whole number');
  await base.getByLabel('Value of LIMIT').fill('1200');
  await conditions.addVariable(base, { name: 'FANS', type: 'List', value: '["FAN 1", "FAN 2"]' });
  await conditions.addVariable(base, { name: 'PASSWORD', type: 'Secret', value: 'calvin-and-hobbes' });
  await base.getByRole('button', { name: 'Save' }).click();
  await expect(conditions.form('base').getByLabel('Value of PASSWORD')).toHaveAttribute('placeholder', /^stored/u);

  const uefi = await conditions.begin('uefi');
  await uefi.getByRole('combobox', { name: 'Inherits from' }).click();
  await page.getByRole('option', { name: 'base' }).click();
  const inherited = uefi.getByRole('row').filter({ hasText: 'LIMIT' });
  await expect(inherited).toContainText('from base');
  await inherited.getByRole('button', { name: 'Override' }).click();
  await uefi.getByLabel('Value of LIMIT').fill('900');
  await page.keyboard.press('Control+s');
  await expect(conditions.form('uefi')).toBeVisible();

  const [first, second] = await client.conditions.list();
  expect([first?.name, second?.name]).toEqual(['base', 'uefi']);
  expect(second?.effective.map(({ variable, from }) => [variable.name, variable.type, from.name])).toEqual([
    ['LIMIT', 'int', 'uefi'],
    ['FANS', 'list', 'base'],
    ['PASSWORD', 'secret', 'base'],
  ]);
  expect(JSON.stringify(second)).not.toContain('calvin-and-hobbes');
});

test('A3: what was put together for a run becomes a plan; it runs alone, and as a matrix under two conditions', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const client = await joinHarness();
  await importPath(client, suiteIn(home));
  await client.suts.create({ name: 'dl380-07', tags: ['uefi'] });
  const fans = { name: 'FANS', type: 'list' as const, value: ['FAN 1', 'FAN 2'] };
  const base = await client.conditions.create({ name: 'base', variables: [{ name: 'LIMIT', type: 'int', value: 1200 }, fans] });
  await client.conditions.create({ name: 'hot', parentId: base.id, variables: [{ name: 'LIMIT', type: 'int', value: 900 }] });

  const newRun = new NewRunPage(page);
  await newRun.open();
  await newRun.choose('cooling');
  await newRun.cases.getByRole('group', { name: 'Include by tag' }).getByRole('button', { name: /smoke/u }).click();
  await newRun.plan.getByRole('button', { name: 'Save as plan' }).click();
  const plans = new PlansPage(page);
  await plans.form.getByRole('textbox', { name: 'Name', exact: true }).fill('cooling-smoke');
  await plans.form.getByRole('textbox', { name: 'How many SUTs' }).fill('1');
  await expect(plans.form).toContainText('2 cases now');
  await plans.form.getByRole('button', { name: 'Save plan' }).click();

  const detail = plans.detail('cooling-smoke');
  const reasons = detail.getByRole('region', { name: 'Why can’t I run?' });
  await expect(reasons).toContainText('The plan needs one SUT; none is chosen');
  await reasons.getByRole('button', { name: 'Choose SUTs' }).click();
  const choice = page.getByRole('dialog', { name: 'Add SUTs' });
  await choice.getByRole('searchbox').fill('dl380-07');
  await choice.getByRole('searchbox').press('Enter');
  await expect(reasons).toBeHidden();
  await detail.getByRole('combobox', { name: 'Condition of this run' }).click();
  await page.getByRole('option', { name: 'base' }).click();
  await detail.getByRole('button', { name: 'Run 2 cases' }).click();
  const run = new RunPage(page);
  const id = await run.arrive();
  await run.ended('Passed');
  expect(await client.runs.get({ id })).toMatchObject({ condition: 'base', plan: { name: 'cooling-smoke' }, total: 2 });

  await plans.open();
  await plans.row('cooling-smoke').click();
  await plans.detail('cooling-smoke').getByRole('link', { name: 'Run as matrix' }).click();
  const conditionsField = page.getByRole('combobox', { name: 'Conditions' });
  await conditionsField.click();
  await page.getByRole('option', { name: 'base' }).click();
  await page.getByRole('option', { name: 'hot' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'SUTs' }).click();
  await page.getByRole('option', { name: 'dl380-07' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start 2 runs' }).click();

  const standing = page.getByRole('status').filter({ hasText: 'runs ended' });
  await expect(standing).toContainText('2 of 2 runs ended', { timeout: 60_000 });
  const grid = page.getByRole('grid', { name: /cooling-smoke/u });
  await expect(grid.getByRole('row').filter({ hasText: 'base' }).getByRole('gridcell')).toHaveAccessibleName('Passed, 2 of 2 passed');
  await expect(grid.getByRole('row').filter({ hasText: 'hot' }).getByRole('gridcell')).toHaveAccessibleName('Failed, 1 of 2 passed');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+R');
  const [matrix] = await client.matrices.list();
  const cellsOf = async () => (await client.matrices.get({ id: matrix?.id ?? '' })).cells.map(({ runIds }) => runIds.length);
  await expect.poll(cellsOf).toEqual([1, 2]);
  await page.keyboard.press('Enter');
  await run.arrive();
});
