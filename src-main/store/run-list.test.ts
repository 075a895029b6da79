import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeHistory } from './fixtures/make-history.ts';
import type { RunFilter } from '../../src-shared/contract/harness/runs.ts';
import { openStore } from './open.ts';
import { filterChoices } from './run-filter-choices.ts';
import { histogramOf } from './run-histogram.ts';
import { listRuns } from './run-list.ts';
import { parseSearch } from './run-search.ts';
import { indexNewRun, indexRun, listUnindexedRuns } from './run-search-index.ts';
import { writeResults } from './run-results.ts';
import { insertRun, type RunRow } from './runs.ts';

const UNTIL = Date.UTC(2026, 10, 1);
const HOUR = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'atn-run-list-'));
const store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
makeHistory(store.write, { runs: 300, results: 3000, until: UNTIL });
const odd = addRun('odd endings', { name: 'Odd', condition: null, at: UNTIL - HOUR });
writeResults(
  store.write,
  odd,
  ['rose by 9 µÄ', '50 °', 'a -> b', 'at 3 %!', 'ends in ->', 'Ö'].map((message, ordinal) => ({
    ...{ ordinal, item: ordinal + 2, longName: `Odd.${ordinal}`, status: 'failed', elapsed: 1, message },
  })),
);
indexRun(store.write, odd);
store.write.prepare("UPDATE run SET state = 'ended', verdict = 'failed', ended_at = created_at WHERE number = ?").run(odd);
const running = addRun('still going', { name: 'Power "Nightly" 100%', condition: 'ÄTHER_1', at: UNTIL + HOUR });
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

function addRun(id: string, run: { name: string; condition: string | null; at: number }): number {
  const number = insertRun(store.write, {
    id,
    name: run.name,
    requestKey: null,
    testDataId: null,
    revision: 'c'.repeat(64),
    suts: [{ id: 'x', name: 'node ÅÄÖ' }],
    sutNames: ['node ÅÄÖ'],
    sutsSha256: null,
    condition: run.condition === null ? null : { name: run.condition, sha256: 'd'.repeat(64) },
    startedBy: 'ada',
    rerunOf: null,
    request: {
      selection: { include: [], exclude: [], suites: [], tests: [] },
      options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
      failedOnly: false,
    },
    total: 0,
    createdAt: run.at,
    expectedMs: null,
  });
  indexNewRun(store.write, number);
  return number;
}

const list = (filter: RunFilter, page = { offset: 0, limit: 500 }) => listRuns(store.read, { ...filter, ...page });
const idsOf = (filter: RunFilter) => list(filter).rows.map(({ run }) => run.id);

/** The same question, asked row by row of what the tables say. */
function slowly(filter: RunFilter): string[] {
  const rows = store.read.prepare<[], RunRow>('SELECT * FROM run ORDER BY created_at DESC, number DESC').all();
  const results = store.read.prepare<[number], { name: string; message: string }>(
    `SELECT long_name AS name, CASE WHEN status = 'failed' THEN coalesce(message, '') ELSE '' END AS message
     FROM run_result JOIN result_name ON id = name_id WHERE run = ?`,
  );
  return rows
    .filter((row) => {
      const suts = JSON.parse(row.suts) as string[];
      const own = [row.name, row.condition ?? '', row.started_by, ...suts].join('\n');
      const found = results.all(row.number);
      const names = [own, ...found.map((result) => result.name)].join('\n').toLowerCase();
      const all = [names, ...found.map((result) => result.message)].join('\n').toLowerCase();
      return (
        (filter.from === undefined || row.created_at >= filter.from) &&
        (filter.to === undefined || row.created_at < filter.to) &&
        (filter.name === undefined || row.name === filter.name) &&
        (filter.sut === undefined || suts.includes(filter.sut)) &&
        (filter.condition === undefined || row.condition === filter.condition) &&
        (filter.startedBy === undefined || row.started_by === filter.startedBy) &&
        (filter.verdicts === undefined || (row.verdict !== null && filter.verdicts.includes(row.verdict))) &&
        (filter.states === undefined || filter.states.includes(row.state)) &&
        parseSearch(filter.text ?? '').every((word) => (/^[a-z\d]{1,2}$/iu.test(word) ? names : all).includes(word.toLowerCase()))
      );
    })
    .map((row) => row.id);
}

describe('the run list', () => {
  it.each<RunFilter>([
    {},
    { from: UNTIL - 50 * HOUR, to: UNTIL - 20 * HOUR },
    { name: 'Power Nightly' },
    { sut: 'rack-3-node-4' },
    { condition: '低温' },
    { startedBy: 'Åsa Öberg' },
    { verdicts: ['failed', 'error'] },
    { verdicts: [] },
    { states: ['queued'] },
    { states: ['ended'], verdicts: ['passed'], startedBy: 'ada' },
    { text: 'watchdog' },
    { text: 'WATCHDOG' },
    { text: 'atchdo' },
    { text: 'fan turns' },
    { text: '"FAN turns"' },
    { text: 'jorge power' },
    { text: 'åsa' },
    { text: 'Ä' },
    { text: '低温' },
    { text: '低' },
    { text: '°c' },
    { text: 'e' },
    { text: '°' },
    { text: 'µä' },
    { text: 'ä' },
    { text: 'ö' },
    { text: '%!' },
    { text: '!' },
    { text: '->' },
    { text: '- >' },
    { text: '%' },
    { text: '_' },
    { text: '"Nightly" 100%' },
    { text: 'login:' },
    { text: '\\' },
    { text: 'OR AND NOT ( * ^' },
    { text: '   ' },
    { text: 'a"b' },
    { text: 'power', from: UNTIL - 200 * HOUR, verdicts: ['failed'], sut: 'rack-3-node-4' },
  ])('answers what a look at every row answers: %j', (filter) => {
    expect(idsOf(filter)).toEqual(slowly(filter));
  });
  it('counts what matches, what there is, and each verdict without the verdict filter', () => {
    const page = list({ name: 'Power Nightly', verdicts: ['passed'] }, { offset: 0, limit: 1 });
    const every = list({ name: 'Power Nightly' });
    expect(page.rows).toHaveLength(1);
    expect(page.total).toBe(page.facets['passed']);
    expect(page.facets).toEqual(every.facets);
    expect(Object.values(every.facets).reduce((sum, count) => sum + count, 0)).toBe(every.total);
    expect(page.all).toBe(302);
    expect(list({}).facets['running']).toBe(1);
  });
  it('pages through all of it once', () => {
    const paged = [0, 100, 200, 300].flatMap((offset) => list({}, { offset, limit: 100 }).rows.map(({ run }) => run.id));
    expect(paged).toEqual(slowly({}));
  });
  it('shows how the series went up to each run, oldest first, itself last', () => {
    for (let day = 1; day <= 14; day += 1) addRun(`series ${day}`, { name: 'Series', condition: null, at: UNTIL - day * 24 * HOUR });
    store.write.prepare("UPDATE run SET state = 'ended', verdict = 'passed', passed = 1, ended_at = 1 WHERE id LIKE 'series %'").run();
    store.write.prepare("UPDATE run SET verdict = 'failed' WHERE id = 'series 1'").run();
    store.write.prepare("UPDATE run SET passed = 0, skipped = 3 WHERE id = 'series 2'").run();
    const [newest, second] = list({ name: 'Series' }).rows;
    expect(newest?.strip).toEqual([...Array<string>(10).fill('passed'), 'skipped', 'failed']);
    expect(second?.strip.at(-1)).toBe('skipped');
    expect(list({ states: ['queued'] }).rows[0]?.strip).toEqual(['running']);
    store.write.prepare("DELETE FROM run WHERE id LIKE 'series %'").run();
  });
});

describe('the search index', () => {
  it('finds results as soon as they are written, and nothing of a run that is gone', () => {
    const number = addRun('short-lived', { name: 'Short', condition: null, at: UNTIL });
    const result = { ordinal: 0, longName: 'Short.Zebra Crossing', item: 1, status: 'failed' as const, elapsed: 1, message: 'quagga seen' };
    writeResults(store.write, number, [
      result,
      { ...result, ordinal: 1, longName: 'Short.Other', status: 'passed', message: 'okapi seen' },
    ]);
    expect(idsOf({ text: 'zebra' })).toEqual([]);
    expect(listUnindexedRuns(store.read)).toEqual([number]);
    indexRun(store.write, number);
    indexRun(store.write, number);
    expect(listUnindexedRuns(store.read)).toEqual([]);
    expect(idsOf({ text: 'zebra quagga' })).toEqual(['short-lived']);
    expect(idsOf({ text: 'okapi' })).toEqual([]);
    store.write.prepare('DELETE FROM run WHERE number = ?').run(number);
    expect(idsOf({ text: 'zebra' })).toEqual([]);
    expect(store.read.prepare('SELECT count(*) FROM run_search').pluck().get()).toBe(302);
  });
  it('shares the sets of names between runs of the same tests', () => {
    const sets = Number(store.read.prepare("SELECT count(*) FROM text_set WHERE kind = 'names'").pluck().get());
    const runs = Number(store.read.prepare('SELECT count(*) FROM run_search WHERE name_set IS NOT NULL').pluck().get());
    expect(sets).toBeLessThan(runs);
    expect(running).toBeGreaterThan(300);
  });
});

describe('the histogram and the menus', () => {
  it('count every run once, in the bucket of its time', () => {
    const span = { from: UNTIL - 400 * HOUR, to: UNTIL };
    const buckets = histogramOf(store.read, { ...span, buckets: 7, verdicts: ['passed'], text: 'power' });
    expect(buckets).toHaveLength(7);
    expect(buckets[0]?.from).toBe(span.from);
    expect(buckets.at(-1)?.to).toBe(span.to);
    for (const { from, to, counts } of buckets) {
      expect(counts['passed'] ?? 0).toBe(slowly({ from, to, verdicts: ['passed'], text: 'power' }).length);
    }
  });
  it('never make more buckets than there are milliseconds', () => {
    expect(histogramOf(store.read, { from: 5, to: 8, buckets: 10 })).toHaveLength(3);
  });
  it('offer every value once', () => {
    const choices = filterChoices(store.read);
    expect(choices.conditions).toContain('ÄTHER_1');
    expect(choices.suts).toContain('node ÅÄÖ');
    expect(choices.startedBy).toContain('Åsa Öberg');
    expect(new Set(choices.names).size).toBe(choices.names.length);
  });
});
