import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryQuestion } from '../src-shared/model/history.ts';
import { RunReader } from '../src-main/services/runs/read-runs.ts';
import type { ReadableStore } from '../src-main/store/handle.ts';
import { openStore } from '../src-main/store/open.ts';
import { makeLongHistory } from './fixtures/long-history.ts';
import { figure, median, ms, print, seconds, timeOf } from './lib/figure.ts';

// Figure: every answer of the history under 100 ms over 10,000,000 results (20,000 runs of one year), asked as the pages ask.
// ATN_BENCH_STORE=FILE keeps the history (about 1 GB) there and takes it from there the next time; else it is made anew and removed.
const RUNS = Number(process.env['ATN_BENCH_RUNS'] ?? 20_000);
const RESULTS = Number(process.env['ATN_BENCH_RESULTS'] ?? 10_000_000);
const LIMIT_MS = 100;
const ROUNDS = 15;
const UNTIL = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'atn-bench-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const file = process.env['ATN_BENCH_STORE'] ?? join(folder, 'harness.db');
  const isNew = !existsSync(file);
  const store = openStore({ file, backups: folder, now: UNTIL });
  if (isNew) {
    const began = performance.now();
    const onRuns = (made: number): void => {
      if (made % 2000 === 0) print(`  ${made} runs after ${seconds(performance.now() - began)}`);
    };
    makeLongHistory(store.write, { runs: RUNS, results: RESULTS, until: UNTIL, onRuns });
    store.write.pragma('wal_checkpoint(TRUNCATE)');
    print(`made in ${seconds(performance.now() - began)}`);
  }
  const results = Number(store.read.prepare('SELECT count(*) FROM run_result').pluck().get());
  print(`store: ${RUNS} runs, ${results} results, ${(statSync(file).size / 1e9).toFixed(2)} GB; load ${loadavg()[0]?.toFixed(1)}`);
  const reader = new RunReader({ file, nativeBinding: null });
  try {
    print(`first answer, thread and connection included: ${ms(await timeOf(() => reader.list({ offset: 0, limit: 100 })))}`);
    const slowest: number[] = [];
    for (const [name, ask] of Object.entries(questionsOf(reader, subjectsOf(store.read)))) slowest.push(await measureOne(name, ask));
    figure(`history, slowest answer over ${results} results (median of ${ROUNDS})`, Math.max(...slowest), { atMost: LIMIT_MS, unit: 'ms' });
  } finally {
    await reader.close();
    store.close();
  }
}

async function measureOne(name: string, ask: () => Promise<unknown>): Promise<number> {
  const first = await timeOf(ask);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timeOf(ask));
  print(
    `${name.padEnd(44)} first ${ms(first).padStart(9)}   median ${ms(median(times)).padStart(9)}   worst ${ms(Math.max(...times)).padStart(9)}`,
  );
  return median(times);
}

interface Subjects {
  /** The test with most results, and one with few. */
  often: string;
  seldom: string;
  sut: string;
  run: string;
}

function subjectsOf(store: ReadableStore): Subjects {
  const name = (order: string) =>
    String(
      store
        .prepare(
          `SELECT long_name FROM result_name WHERE id = (SELECT name_id FROM run_result GROUP BY name_id ORDER BY count(*) ${order}, name_id LIMIT 1)`,
        )
        .pluck()
        .get(),
    );
  const one = (sql: string) => String(store.prepare(sql).pluck().get());
  return {
    ...{ often: name('DESC'), seldom: name('ASC') },
    sut: one('SELECT name FROM run_sut GROUP BY name ORDER BY count(*) DESC LIMIT 1'),
    run: one("SELECT id FROM run WHERE verdict = 'failed' AND total > 300 ORDER BY number DESC LIMIT 1"),
  };
}

/** A test's answer holds its strip, trend, first failure since, flakiness, clusters, passes elsewhere and cells at once. */
function questionsOf(reader: RunReader, { often, seldom, sut, run }: Subjects): Record<string, () => Promise<unknown>> {
  const of = (kind: HistoryQuestion['kind'], key: string, more: Partial<HistoryQuestion> = {}) => {
    return () => reader.history.history({ question: { kind, key, days: 365, ...more }, now: UNTIL });
  };
  const search = (text: string) => () => reader.list({ text, offset: 0, limit: 100 });
  return {
    'case run most often, a year': of('test', often),
    'case run seldom, a year': of('test', seldom),
    'case on one SUT': of('test', often, { sut }),
    'case under one condition': of('test', often, { condition: 'cold' }),
    'plan, a year': of('plan', 'Power Nightly plan'),
    'runs of one name, a year': of('name', 'Power Nightly'),
    'condition, a year': of('condition', '低温'),
    'SUT with time held and used, a year': of('sut', sut),
    'library, a year': of('library', 'ipmi-probe'),
    'library in one version': of('library', 'ipmi-probe==1.20.0'),
    'library in no run': of('library', 'nowhere'),
    'what broke, what is flaky, messages of a week': () => reader.history.overview({ now: UNTIL }),
    'results of a run, for comparing': () => reader.history.results(run),
    'search: text of a failure': search('"FAN 17 turns"'),
    'search: text of most failures': search('the'),
    'search: text of a test': search('watchdog 41'),
    'search: two characters': search('°C'),
    'search: words of many failures': search('temperature idle'),
    'search: nowhere': search('nowhere at all'),
    'run list, everything': () => reader.list({ offset: 0, limit: 100 }),
    'run list, last 30 days': () => reader.list({ from: UNTIL - 30 * DAY, to: UNTIL, offset: 0, limit: 100 }),
    'run list, histogram': () => reader.histogram({ from: UNTIL - 365 * DAY, to: UNTIL, buckets: 60 }),
    'figures of a week': () => reader.figures({ span: 'week', now: UNTIL }),
  };
}
