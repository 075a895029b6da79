import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';

const SUITE = `*** Settings ***
Library    Collections
Library    OperatingSystem

*** Test Cases ***
Fans Turn
    \${repaired} =    Run Keyword And Return Status    File Should Exist    \${REPAIRED}
    IF    not \${repaired}
        Dictionary Should Not Contain Key    \${SUTs}    dl380-02    the fan of dl380-02 stands still
    END
Boot
    Log    fine
`;

test('A6: a matrix tells what its cells were before, what is fixed, and what a failed machine has that those beside it have not', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const repaired = join(home, 'repaired');
  mkdirSync(join(home, 'cooling'));
  writeFileSync(join(home, 'cooling', 'cooling.robot'), SUITE);
  const client = await joinHarness();
  const testData = await importPath(client, join(home, 'cooling'));
  for (const name of ['dl380-01', 'dl380-02']) await client.suts.create({ name });
  const base = await client.conditions.create({ name: 'base', variables: [{ name: 'REPAIRED', type: 'str', value: repaired }] });
  const plan = await client.plans.create({ name: 'cooling', testDataId: testData.id, sutNeeds: { count: 1 } });
  const { id } = await client.matrices.start({ planIds: [plan.id], conditionIds: [base.id], suts: [['dl380-01'], ['dl380-02']] });

  await page.goto(new URL(`/matrices/${id}`, page.url()).href);
  const standing = page.getByRole('status').filter({ hasText: 'runs ended' });
  await expect(standing).toContainText('2 of 2 runs ended', { timeout: 60_000 });
  const cells = page.getByRole('grid').getByRole('row').filter({ hasText: 'base' }).getByRole('gridcell');
  await expect(cells.nth(0)).toHaveAccessibleName('Passed, 2 of 2 passed');
  await expect(cells.nth(1)).toHaveAccessibleName('Failed, 1 of 2 passed');
  await cells.nth(1).click();
  const differs = page.getByRole('region', { name: 'What differs' });
  await expect(differs).toContainText('from 1 run beside it that passed');
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  await expect(page.getByRole('table')).toContainText('1 differ, 1 equal');
  await expect(page.getByRole('row').filter({ hasText: 'Fans Turn' })).toContainText('the fan of dl380-02 stands still');
  await page.goBack();

  writeFileSync(repaired, '');
  await page.getByRole('button', { name: 'Rerun 1 failed Shift R' }).click();
  await expect(cells.nth(1)).toHaveAccessibleName('Passed, 1 of 1 passed', { timeout: 60_000 });
  await page.getByRole('radio', { name: 'Changes only' }).click();
  await expect(cells.nth(1)).toContainText('fixed');
  await expect(cells.nth(0)).not.toContainText(/fixed|new/u);
  await page.getByRole('radio', { name: 'Over time' }).click();
  await expect(cells.nth(1).getByRole('img', { name: 'Oldest first: failed, passed' })).toBeVisible();
  await cells.nth(1).click();
  const before = page.getByRole('region', { name: 'This cell over time' });
  await expect(before).toContainText('2 runs since');
  await before.getByRole('button', { name: 'Failed, 1 of 2 passed' }).click();
  await expect(page.locator('.run-head')).toContainText('dl380-02');
});
