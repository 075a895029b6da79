import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, startRun, type HarnessClient } from '../fixtures/harness-client.ts';
import { Gates, suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunListPage } from '../pages/run-list-page.ts';
import { RunPage } from '../pages/run-page.ts';

test('A5: a run is watched live: rows appear and counts go up while it runs, and whoever scrolls is not moved', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const gates = new Gates(home);
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const run = new RunPage(page);
  await run.goto(id);
  await expect(run.row('Second Step')).toBeVisible();
  await expect(run.row('First Step')).toBeVisible();
  await expect(run.count(1, 'passed')).toBeVisible();
  await expect(run.row('Third Step')).toHaveCount(0); // what has not begun is not there
  await expect(page.getByRole('region', { name: 'Running, from every page' })).toContainText('33 %');
  await expect(run.row('Pass The Gate')).toBeVisible(); // following opens what runs, down to the keyword

  const follow = page.getByRole('button', { name: /^Follow/u });
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await run.tree.hover();
  await page.mouse.wheel(0, 40);
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await expect(follow).toContainText('Follow, off');

  gates.open('second');
  await expect(run.row('Third Step')).toBeVisible();
  await expect(run.count(2, 'passed')).toBeVisible();
  await run.show('Console');
  await expect(page.getByRole('log', { name: 'Console' })).toContainText('Waiting at the gate third');
  expect((await client.runs.get({ id })).state).toBe('executing');
  gates.open('third');
  await run.ended('Passed');
  await expect(run.count(3, 'passed')).toBeVisible();
  await expect(page.getByRole('log', { name: 'Console' })).toContainText('The third step is done.');
  await expect(follow).toHaveCount(0);
});

test('A5: whoever follows a fast run is led on, never up and down', async ({ page, home, join: joinHarness }) => {
  const cases = Array.from({ length: 400 }, (_unused, n) => `Case ${n}\n    Evaluate    time.sleep(0.005)    modules=time\n`);
  const folder = join(home, 'many');
  mkdirSync(folder);
  writeFileSync(join(folder, 'many.robot'), `*** Test Cases ***\n${cases.join('')}`);
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, folder));
  const run = new RunPage(page);
  await run.goto(id);
  await expect(run.row('Case ')).not.toHaveCount(0);
  const places = await run.tree.evaluate(async (tree) => {
    const seen = [tree.scrollTop];
    const state = document.querySelector('.standing');
    while (state?.getAttribute('data-state') !== 'ended') {
      await new Promise((next) => requestAnimationFrame(next));
      if (tree.scrollTop !== seen.at(-1)) seen.push(tree.scrollTop);
    }
    return seen;
  });
  await run.ended('Passed');
  expect(places.length, 'it was followed').toBeGreaterThan(20);
  // Up only once: the end of the run closes what passed.
  expect(places.filter((top, at) => top < (places[at - 1] ?? 0)).length).toBeLessThanOrEqual(1);
});

test('A5: a run is found again after a restart, by time, data, SUT, condition and text, and its address opens it', async ({
  launch,
  home,
  join: joinHarness,
}) => {
  const before = await launch();
  const client = await joinHarness();
  const started = await threeRuns(client, home);
  await before.app.close();

  const { page } = await launch();
  const list = new RunListPage(page);
  await list.open();
  await expect(list.rows).toHaveCount(3);
  await list.find('The fan does not turn');
  await expect(list.rows).toHaveCount(1);
  await expect(list.rows).toContainText('The fan does not turn.');
  await list.find('größe no such word');
  await expect(page.getByText('No run matches these filters')).toBeVisible();
  await list.find('');
  await expect(list.rows).toHaveCount(3);

  await list.choose('Name', 'names');
  await expect(list.rows).toHaveCount(2);
  await list.choose('SUT', 'dl380-07');
  await expect(list.rows).toHaveCount(1);
  await list.clear('SUT');
  await list.choose('Condition', 'wide');
  await expect(list.rows).toHaveCount(1);
  await list.clear('Condition');
  await list.clear('Name');
  await list.chooseTime('Today');
  await expect(list.rows).toHaveCount(3);
  await list.chooseSpan('2001-01-01T00:00', '2001-01-02T00:00');
  await expect(list.rows).toHaveCount(0);

  const run = new RunPage(page);
  await run.goto(started.onSut);
  await run.ended('Failed');
  await expect(page.locator('.run-head')).toContainText('dl380-07');
  await expect(run.count(2, 'passed')).toBeVisible();
});

/** One that fails, one on a SUT, one under a condition; all ended. */
async function threeRuns(client: HarnessClient, home: string): Promise<{ onSut: string }> {
  const [repair, names] = [await importPath(client, suite('repair')), await importPath(client, suite('names'))];
  await client.suts.create({ name: 'dl380-07' });
  const runs = [
    await startRun(client, repair, { variables: [`REPAIRED:${home}/never`] }),
    await startRun(client, names, { suts: ['dl380-07'] }),
    await startRun(client, names, { condition: { name: 'wide', yaml: 'LIMIT: 1200' } }),
  ];
  for (const { id } of runs) await expect.poll(async () => (await client.runs.get({ id })).state, { timeout: 30_000 }).toBe('ended');
  return { onSut: runs[1]?.id ?? '' };
}
