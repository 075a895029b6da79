import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { activityFigures } from './activity-figures.ts';
import { addEndedRun } from './fixtures/ended-run.ts';
import { openStore } from './open.ts';

const NOW = Date.UTC(2026, 10, 24, 14, 30);
const MINUTE = 60_000;

let folder: string;
let store: ReturnType<typeof openStore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-figures-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

it('counts what ended within the span, by bucket and kind, and nothing that ended before', () => {
  const failed = [{ longName: 'Suite.Test', status: 'failed' as const }];
  addEndedRun(store.write, { id: 'old', at: NOW - 2 * 3_600_000, results: failed });
  addEndedRun(store.write, { id: 'good', at: NOW - 20 * MINUTE, results: [{ longName: 'Suite.Test', status: 'passed' }] });
  addEndedRun(store.write, { id: 'bad', at: NOW - 10 * MINUTE, results: failed });
  const figures = activityFigures(store.read, { span: 'hour', now: NOW });
  expect(figures.buckets).toHaveLength(12);
  expect(figures.kinds[0]).toEqual({ kind: 'run', done: 2, failed: 1, medianMs: MINUTE, p95Ms: MINUTE });
  expect(figures.buckets.reduce((sum, { ended }) => sum + ended, 0)).toBe(2);
  expect(figures.buckets.reduce((sum, { unhappy }) => sum + unhappy, 0)).toBe(1);
  expect(activityFigures(store.read, { span: 'day', now: NOW }).kinds[0]).toMatchObject({ done: 3, failed: 2 });
});

it('counts who waited at the end of each bucket', () => {
  addEndedRun(store.write, { id: 'waited', at: NOW - 20 * MINUTE, results: [] });
  store.write.prepare('UPDATE run SET created_at = ?').run(NOW - 40 * MINUTE);
  const { buckets, waitMedianMs } = activityFigures(store.read, { span: 'hour', now: NOW });
  expect(waitMedianMs).toBe(20 * MINUTE);
  expect(buckets.filter(({ waiting }) => waiting === 1).map(({ from }) => (NOW - from) / MINUTE)).toEqual([40, 35, 30, 25]);
});
