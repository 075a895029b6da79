import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addEndedRun } from './fixtures/ended-run.ts';
import { historyOf, historyOverview } from './history-answers.ts';
import { covered } from './history.ts';
import { openStore } from './open.ts';

const NOW = Date.UTC(2026, 10, 24, 14);
const HOUR = 3_600_000;

let folder: string;
let store: ReturnType<typeof openStore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-history-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

function add(id: string, hoursAgo: number, { fan, suts = ['rack-1'] }: { fan: 'passed' | 'failed'; suts?: string[] }): void {
  const results = [
    { longName: 'Suite.Fan', status: fan, ...(fan === 'failed' ? { message: `Fan ${hoursAgo} stopped` } : {}) },
    { longName: 'Suite.Boot', status: 'passed' as const },
  ];
  addEndedRun(store.write, { id, at: NOW - hoursAgo * HOUR, suts, results });
}

it('tells the history of a test: since when it fails, on which machine only, and with what message', () => {
  add('one', 50, { fan: 'passed' });
  add('two', 20, { fan: 'failed' });
  add('three', 10, { fan: 'failed' });
  add('four', 9, { fan: 'passed', suts: ['rack-2'] });
  add('five', 8, { fan: 'passed', suts: ['rack-3'] });
  const question = { kind: 'test', key: 'Suite.Fan', days: 90 } as const;
  const history = historyOf(store.read, { question, now: NOW });
  expect(history.points.map(({ runId }) => runId)).toEqual(['one', 'two', 'three', 'four', 'five']);
  expect(history).toMatchObject({ counts: { passed: 3, failed: 2 }, medianMs: 1500, suspicion: { sut: 'rack-1', failed: 2 }, more: false });
  expect(history.clusters).toMatchObject([{ shape: 'Fan <n> stopped', count: 2 }]);
  const here = historyOf(store.read, { question: { ...question, sut: 'rack-1' }, now: NOW });
  expect(here.failing).toMatchObject({ runs: 2, since: { runId: 'two' }, lastPass: { runId: 'one' }, changed: [] });
  expect(historyOf(store.read, { question: { ...question, key: 'Suite.Boot' }, now: NOW }).failing).toBeNull();
  expect(historyOf(store.read, { question: { ...question, days: 1 }, now: NOW }).points).toHaveLength(4);
  expect(historyOf(store.read, { question: { ...question, key: 'Nothing' }, now: NOW }).points).toEqual([]);
});

it('tells the history of runs by machine, name, condition, plan and library', () => {
  add('one', 5, { fan: 'passed' });
  add('two', 4, { fan: 'failed', suts: ['rack-2'] });
  store.write
    .prepare("UPDATE run SET condition = 'hot', plan_name = 'weekly', libraries = ? WHERE id = 'two'")
    .run(JSON.stringify([{ name: 'Fans', version: '2.0' }]));
  const runs = (kind: 'sut' | 'name' | 'condition' | 'plan' | 'library', key: string) =>
    historyOf(store.read, { question: { kind, key, days: 30 }, now: NOW }).points.map(({ runId }) => runId);
  expect(runs('sut', 'rack-2')).toEqual(['two']);
  expect(runs('name', 'nightly')).toEqual(['one', 'two']);
  expect(runs('condition', 'hot')).toEqual(['two']);
  expect(runs('plan', 'weekly')).toEqual(['two']);
  expect(runs('library', 'Fans')).toEqual(['two']);
  expect(runs('library', 'Fans==2.0')).toEqual(['two']);
  expect(runs('library', 'Fans==1.0')).toEqual([]);
  const { time } = historyOf(store.read, { question: { kind: 'sut', key: 'rack-2', days: 30 }, now: NOW });
  expect(time).toEqual({ sut: 'rack-2', heldMs: 0, usedMs: 60_000 });
});

it('finds what broke since yesterday and what is flaky', () => {
  for (let n = 0; n < 8; n += 1) add(`run ${n}`, 80 - n, { fan: n % 2 === 0 ? 'passed' : 'failed' });
  add('good', 30, { fan: 'passed' });
  expect(historyOverview(store.read, { now: NOW }).broke).toEqual([]);
  add('bad', 3, { fan: 'failed' });
  const { broke, flaky, clusters } = historyOverview(store.read, { now: NOW });
  expect(broke).toMatchObject([{ longName: 'Suite.Fan', lastRunId: 'bad', message: 'Fan 3 stopped' }]);
  expect(flaky).toMatchObject([{ longName: 'Suite.Fan', flakiness: { pairs: 9, changed: 9, flaky: true } }]);
  expect(clusters).toMatchObject([{ shape: 'Fan <n> stopped', count: 5 }]);
});

it('puts runs in the order in which they were executed, whenever they were taken in', () => {
  add('newest', 2, { fan: 'failed' });
  add('oldest', 30, { fan: 'passed' });
  add('between', 20, { fan: 'passed' });
  const history = historyOf(store.read, { question: { kind: 'test', key: 'Suite.Fan', days: 90 }, now: NOW });
  expect(history.points.map(({ runId }) => runId)).toEqual(['oldest', 'between', 'newest']);
  expect(history.failing).toMatchObject({ runs: 1, lastPass: { runId: 'between' } });
  expect(historyOverview(store.read, { now: NOW }).broke).toMatchObject([{ longName: 'Suite.Fan', lastRunId: 'newest' }]);
});

it('counts time once however many spans cover it', () => {
  const spans = [[0, 10], [5, 20], [30, 200]] as const; // prettier-ignore
  expect(covered(spans, 2, 100)).toBe(18 + 70);
  expect(covered([], 0, 10)).toBe(0);
});
