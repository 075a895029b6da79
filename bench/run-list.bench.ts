import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunFilter } from '../src-shared/contract/harness/runs.ts';
import { RunReader } from '../src-main/services/runs/read-runs.ts';
import type { ReadableStore } from '../src-main/store/handle.ts';
import { openStore } from '../src-main/store/open.ts';
import { makeHistory } from '../src-main/store/fixtures/make-history.ts';
import { figure, median, ms, print, seconds, timeOf } from './lib/figure.ts';

// Figure: 10,000 runs and 1,000,000 test results, any filter of the run list under 50 ms (page, total and facets included).
// Peer, measured in the same run: the same question asked of the same rows without our search tables and indices.
const RUNS = Number(process.env['ATN_BENCH_RUNS'] ?? 10_000);
const RESULTS = Number(process.env['ATN_BENCH_RESULTS'] ?? 1_000_000);
const LIMIT_MS = 50;
const ROUNDS = 15;
const UNTIL = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

const FILTERS: Record<string, RunFilter> = {
  'no filter': {},
  'last 30 days': { from: UNTIL - 30 * DAY, to: UNTIL },
  name: { name: 'Power Nightly' },
  sut: { sut: 'rack-3-node-4' },
  condition: { condition: '低温' },
  starter: { startedBy: 'Åsa Öberg' },
  verdicts: { verdicts: ['failed', 'error'] },
  states: { states: ['ended'] },
  'text in no run': { text: 'nowhere at all' },
  'text in a test name': { text: 'watchdog 41' },
  'text in every test name': { text: 'nightly' },
  'text in a failure': { text: '"FAN 17 turns"' },
  'text in most failures': { text: 'the' },
  'text of two characters': { text: '°C' },
  'text of one character': { text: 'e' },
  'four words': { text: 'power login jorge "rpm, expected"' },
  'long phrase': { text: '"temperature of cpu 3 rose to 211 °c while idle"' },
  everything: {
    text: 'fan power',
    from: UNTIL - 200 * DAY,
    to: UNTIL,
    startedBy: 'ada',
    condition: 'cold',
    verdicts: ['failed'],
    states: ['ended'],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'atn-bench-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const file = join(folder, 'harness.db');
  const store = openStore({ file, backups: folder, now: UNTIL });
  const began = performance.now();
  makeHistory(store.write, { runs: RUNS, results: RESULTS, until: UNTIL });
  store.write.pragma('wal_checkpoint(TRUNCATE)');
  const results = Number(store.read.prepare('SELECT count(*) FROM run_result').pluck().get());
  print(
    `store: ${RUNS} runs, ${results} results, ${Math.round(statSync(file).size / 1e6)} MB, made in ${seconds(performance.now() - began)}`,
  );
  const reader = new RunReader({ file, nativeBinding: null });
  print(`first page, thread and connection included: ${ms(await timeOf(() => reader.list({ offset: 0, limit: 100 })))}`);
  print(
    `${'filter'.padEnd(26)}${'total'.padStart(7)}${'median'.padStart(10)}${'worst'.padStart(10)}${'histogram'.padStart(11)}${'peer'.padStart(11)}${'ratio'.padStart(8)}`,
  );
  const medians: number[] = [];
  for (const [name, filter] of Object.entries(FILTERS)) medians.push(await measureFilter({ reader, store: store.read }, name, filter));
  const choices = await timesOf(() => reader.filterChoices());
  await reader.close();
  print(`filter choices: median ${ms(choices.median)}, worst ${ms(choices.worst)}`);
  const slowest = Math.max(...medians, choices.median);
  figure(`run list, slowest of all filters (median of ${ROUNDS})`, slowest, { atMost: LIMIT_MS, unit: 'ms' });
  store.close();
}

async function measureFilter(
  { reader, store }: { reader: RunReader; store: ReadableStore },
  name: string,
  filter: RunFilter,
): Promise<number> {
  const list = () => reader.list({ ...filter, offset: 0, limit: 100 });
  const times = await timesOf(list);
  const over = { from: filter.from ?? UNTIL - 400 * DAY, to: filter.to ?? UNTIL };
  const histogram = await timesOf(() => reader.histogram({ ...filter, ...over, buckets: 60 }));
  const text = filter.text;
  const peer = text === undefined ? null : await timeOf(() => naive(store, text));
  const ratio = peer === null ? '' : (peer / times.median).toFixed(1);
  print(
    `${name.padEnd(26)}${String((await list()).total).padStart(7)}${ms(times.median).padStart(10)}${ms(times.worst).padStart(10)}` +
      `${ms(histogram.median).padStart(11)}${(peer === null ? '' : ms(peer)).padStart(11)}${ratio.padStart(8)}`,
  );
  return Math.max(times.median, histogram.median);
}

/** What one writes first: every word by LIKE over the rows themselves. */
function naive(store: ReadableStore, text: string): number {
  const pattern = `%${text.replaceAll('"', '')}%`;
  return Number(
    store
      .prepare(
        `SELECT count(*) FROM run WHERE name LIKE @pattern OR condition LIKE @pattern OR started_by LIKE @pattern OR suts LIKE @pattern
         OR number IN (SELECT run FROM run_result NOT INDEXED JOIN result_name ON id = name_id
           WHERE long_name LIKE @pattern OR (status = 'failed' AND message LIKE @pattern))`,
      )
      .pluck()
      .get({ pattern }),
  );
}

async function timesOf(work: () => unknown): Promise<{ median: number; worst: number }> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timeOf(work));
  return { median: median(times), worst: Math.max(...times) };
}
