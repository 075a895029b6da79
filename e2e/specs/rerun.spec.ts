import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';

test('only what failed runs again, both are seen as one, and all of it can run again', async ({ page, home, join: joinHarness }) => {
  const repaired = join(home, 'repaired');
  const client = await joinHarness();
  const first = await startRun(client, await importPath(client, suite('repair')), { variables: [`REPAIRED:${repaired}`] });
  const run = new RunPage(page);
  await run.goto(first.id);
  await run.ended('Failed');
  await expect(run.count(2, 'failed')).toBeVisible();
  await expect(run.count(2, 'passed')).toBeVisible();

  writeFileSync(repaired, '');
  await run.button('Rerun 2 failed').click();
  await expect(page).not.toHaveURL(new RegExp(first.id, 'u'));
  const rerun = await run.arrive();
  await run.ended('Passed');
  await expect(run.count(2, 'passed')).toBeVisible();
  await run.row('Bench').dblclick();
  await expect(run.row('Fan Turns')).toBeVisible();
  await expect(run.row('Pump Turns')).toBeVisible();
  await expect(run.row('Power Is On')).toHaveCount(0);
  await expect(run.row('Door Is Closed')).toHaveCount(0);

  await page.getByRole('link', { name: 'an earlier run' }).click();
  expect(await run.arrive()).toBe(first.id);
  await run.ended('Failed');
  await run.show('Report');
  const merged = page.getByRole('region', { name: 'Merged with reruns' });
  await expect(merged.getByRole('heading')).toContainText('4 of 4 passed');
  await expect(merged).toContainText('2 tests changed by a rerun');
  await expect(
    merged
      .getByRole('listitem')
      .filter({ hasText: 'Fan Turns' })
      .getByRole('link', { name: /^Run with outcome/u }),
  ).toHaveCount(2);

  await run.button(/^Rerun$/u).click();
  await expect(page).not.toHaveURL(new RegExp(first.id, 'u'));
  const same = await run.arrive();
  await run.ended('Passed');
  await expect(run.count(4, 'passed')).toBeVisible();
  const kept = await client.runs.get({ id: first.id });
  expect(kept.reruns).toContain(rerun);
  expect((await client.runs.get({ id: same })).rerunOf).toBe(first.id);
  expect(kept.counts).toMatchObject({ failed: 2, passed: 2 });
});
