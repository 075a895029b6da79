import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { Gates, suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';

test('a run goes on when the app is killed, and the next app shows the same run to its end', async ({
  launch,
  home,
  join: joinHarness,
}) => {
  const gates = new Gates(home);
  const before = await launch();
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const first = new RunPage(before.page);
  await first.goto(id);
  await expect(first.row('Second Step')).toBeVisible();
  await expect(first.count(1, 'passed')).toBeVisible();
  const supervisor = supervisorOf(home, id);

  const gone = new Promise((resolve) => before.app.process().once('exit', resolve));
  before.app.process().kill('SIGKILL');
  await gone;
  gates.open('second'); // it happens while nobody watches

  const after = await launch();
  const again = new RunPage(after.page);
  await after.page.getByRole('region', { name: 'Running', exact: true }).getByRole('link', { name: 'gated' }).click();
  expect(await again.arrive()).toBe(id);
  await expect(again.phase('Executing')).toHaveAttribute('aria-current', 'step');
  await expect(again.count(2, 'passed')).toBeVisible();
  expect(supervisorOf(home, id)).toBe(supervisor);
  expect(() => process.kill(supervisor, 0)).not.toThrow();
  gates.open('third');
  await again.ended('Passed');
  await expect(again.count(3, 'passed')).toBeVisible();
  await again.show('Report');
  await expect(after.page.getByRole('button', { name: 'log.html' })).toBeVisible();
});

test('a run that ended while no app was there is collected by the next one', async ({ launch, home, join: joinHarness }) => {
  const gates = new Gates(home);
  const before = await launch();
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  await expect.poll(async () => (await client.runs.get({ id })).counts.passed).toBe(1);
  const supervisor = supervisorOf(home, id);
  const gone = new Promise((resolve) => before.app.process().once('exit', resolve));
  before.app.process().kill('SIGKILL');
  await gone;
  gates.open('second', 'third');
  await expect.poll(() => isAlive(supervisor), { timeout: 30_000 }).toBe(false);

  const after = await launch();
  const run = new RunPage(after.page);
  await run.goto(id);
  await run.ended('Passed');
  await expect(run.count(3, 'passed')).toBeVisible();
});

test('when its supervisor is killed the run is lost, and what was recorded stays', async ({ page, home, join: joinHarness }) => {
  const gates = new Gates(home);
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const run = new RunPage(page);
  await run.goto(id);
  await expect(run.row('Second Step')).toBeVisible();
  await expect(run.count(1, 'passed')).toBeVisible();
  process.kill(supervisorOf(home, id), 'SIGKILL');
  await run.ended('Lost');
  await expect(page.getByText('The process that supervised the run was killed. What was recorded until then is kept.')).toBeVisible();
  await expect(run.row('First Step')).toBeVisible();
  await expect(run.count(1, 'passed')).toBeVisible();
  await run.show('Report');
  await expect(page.getByRole('button', { name: 'output.xml' })).toBeVisible();
});

/** Process id of the supervisor, from the folder of the run. */
function supervisorOf(home: string, id: string): number {
  const folder = join(home, 'runs', id);
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('supervisor.json'));
  const { pid } = JSON.parse(readFileSync(join(folder, file ?? 'supervisor.json'), 'utf8')) as { pid: number };
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
