import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';

test('a suite uses its machine by keywords, and a keyword that waits outlives a killed app', async ({
  launch,
  home,
  join: joinHarness,
}) => {
  const before = await launch();
  const client = await joinHarness();
  await client.suts.openDemoLab();
  const { id } = await startRun(client, await importPath(client, suite('machines')), { suts: ['demo-06'] });
  const first = new RunPage(before.page);
  await first.goto(id);
  await expect(first.count(1, 'passed')).toBeVisible({ timeout: 30_000 });
  await expect(first.row('Wait For Console')).toBeVisible();
  const access = join(home, 'runs', id, 'access.json');
  const old = readFileSync(access, 'utf8');

  const gone = new Promise((resolve) => before.app.process().once('exit', resolve));
  before.app.process().kill('SIGKILL');
  await gone;
  const after = await launch();
  await expect.poll(() => readFileSync(access, 'utf8')).not.toBe(old);
  const again = await joinHarness();
  const machine = (await again.suts.list()).find(({ name }) => name === 'demo-06');
  // A person switches it on, having read that a run uses it.
  await again.suts.power({ id: machine?.id ?? '', action: 'on', confirmed: true });
  const run = new RunPage(after.page);
  await run.goto(id);
  await run.ended('Passed');
  await expect(run.count(3, 'passed')).toBeVisible();

  expect(existsSync(access)).toBe(false);
  const events = await again.suts.events({ id: machine?.id ?? '' });
  expect(events.map(({ who, what, outcome }) => `${who}: ${what} ${outcome}`)).toContain('run machines: power off done');
});
