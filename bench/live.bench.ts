import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../src-shared/model/run.ts';
import { robotPython } from './fixtures/finished-run.ts';
import { writePacedSuite, writeTrivialSuites } from './fixtures/suites.ts';
import { figure, median, percentile, print, round } from './lib/figure.ts';
import { goTo, importFolder, openApp, type App } from './lib/packaged-app.ts';

// A run watched in the packaged app: its wall time against plain robot with the same outputs (interleaved pairs), the time from the start to the
// first row on the screen, and the way from an event to the paint at 2,000 events a second.
const PAIRS = 7;
const scratch = mkdtempSync(join(tmpdir(), 'atn-bench-live-'));
const python = await robotPython();
const app = await openApp();
try {
  await measureWallTime(app);
  await measurePaint(app);
} finally {
  await app.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function measureWallTime(target: App): Promise<void> {
  const suites = join(scratch, 'trivial');
  writeTrivialSuites(suites);
  const testDataId = await importFolder(target, suites);
  const ratios: number[] = [];
  const firsts: number[] = [];
  await watchedRun(target, testDataId); // the environment is ready and the page has been shown once
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const plain = timePlainRobot(suites, pair);
    const { run, firstRowMs, wallMs } = await watchedRun(target, testDataId);
    if (run.counts.passed !== 1000) throw new Error(`The run ended with ${JSON.stringify(run.counts)}, ${run.failure?.message ?? ''}`);
    ratios.push(wallMs / plain);
    firsts.push(firstRowMs);
    print(
      `1,000 tests x 10 keywords: plain robot ${round(plain)} ms, watched run ${round(wallMs)} ms, first row after ${round(firstRowMs)} ms`,
    );
  }
  figure('wall time of a watched run against plain robot', median(ratios), { atMost: 1.2, unit: 'x' });
  figure('first live row after Run', median(firsts), { atMost: 1000, unit: 'ms' });
}

function timePlainRobot(suites: string, pair: number): number {
  const output = join(scratch, `plain-${pair}`);
  mkdirSync(output);
  const begin = performance.now();
  execFileSync(python, ['-m', 'robot', '--outputdir', output, '--xunit', 'xunit.xml', suites], { stdio: 'ignore' });
  return performance.now() - begin;
}

/** Starts a run and watches it on its page, from the call to start until the harness says that it has ended. */
async function watchedRun({ client, page }: App, testDataId: string): Promise<{ run: Run; firstRowMs: number; wallMs: number }> {
  const begin = Date.now();
  const { id } = await client.runs.start({ testDataId });
  await goTo(page, `/runs/${id}`);
  const first = page
    .waitForFunction(() => (document.querySelector('[role=treeitem]') === null ? null : Date.now()), null, {
      polling: 'raf',
      timeout: 60_000,
    })
    .then((handle) => handle.jsonValue());
  for await (const run of await client.runs.follow({ id })) {
    if (run.state === 'ended') break;
  }
  const wallMs = Date.now() - begin;
  const firstRowMs = ((await first) ?? Number.NaN) - begin;
  return { run: await client.runs.get({ id }), firstRowMs, wallMs };
}

async function measurePaint(target: App): Promise<void> {
  const { client, page } = target;
  const suites = join(scratch, 'paced');
  const tests = 3000;
  writePacedSuite(suites, tests, 0.0023);
  const { id } = await client.runs.start({ testDataId: await importFolder(target, suites) });
  await goTo(page, `/runs/${id}`);
  await page.evaluate(notePaints);
  for await (const run of await client.runs.follow({ id })) {
    if (run.state === 'ended') break;
  }
  const seen = await page.evaluate(() => Reflect.get(window, 'paints') as Record<string, number>);
  const begun = await startsOf(client, id);
  const delays = Object.entries(seen).flatMap(([name, at]) => (begun.has(name) ? [at - (begun.get(name) ?? 0)] : []));
  const span = Math.max(...begun.values()) - Math.min(...begun.values());
  // Eight starts and ends and one message a test, counted from the record itself.
  const rate = (tests * 9 * 1000) / span;
  print(`${begun.size} tests at ${round(rate)} events a second; ${delays.length} of their rows were seen arriving on the screen`);
  print(
    `event to paint: median ${round(median(delays))} ms, p95 ${round(percentile(delays, 0.95))} ms, most ${round(Math.max(...delays))} ms`,
  );
  if (begun.size !== tests) throw new Error(`${tests - begun.size} tests are missing in the record.`);
  figure('event to paint, p95', percentile(delays, 0.95), { atMost: 100, unit: 'ms' });
}

/** Notes for every test row when it first stands in a painted frame. */
function notePaints(): void {
  const paints: Record<string, number> = {};
  Reflect.set(window, 'paints', paints);
  const painted = new MessageChannel();
  const look = (): void => {
    const fresh = [...document.querySelectorAll('[role=treeitem] .name')]
      .map((row) => row.textContent ?? '')
      .filter((name) => !(name in paints));
    // A task that is posted while a frame is being made comes when that frame has been painted.
    painted.port1.onmessage = () => {
      const now = Date.now();
      for (const name of fresh) paints[name] ??= now;
    };
    painted.port2.postMessage(null);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function startsOf(client: App['client'], id: string): Promise<Map<string, number>> {
  const starts = new Map<string, number>();
  for await (const delta of await client.record.follow({ id })) {
    for (const item of delta.items) if (item.kind === 'test') starts.set(item.name, item.startedAt);
  }
  return starts;
}
