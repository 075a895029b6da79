import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RetentionPolicy } from '../../../src-shared/model/retention.ts';
import { Changes } from '../../changes.ts';
import { addEndedRun } from '../../store/fixtures/ended-run.ts';
import { openStore } from '../../store/open.ts';
import { deleteRun, findRun, updateRun } from '../../store/runs.ts';
import { createRetention, isNightDue, type Retention } from './retention.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;
const options = { signal: new AbortController().signal, onProgress: vi.fn() };

let folder: string;
let store: ReturnType<typeof openStore>;
let retention: Retention;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-retention-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  retention = createRetention({
    ...{ store: store.write, changes: new Changes(), clock: { now: () => NOW }, runsFolder: folder },
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    releaseRecord: () => Promise.resolve(),
    removeRun: async (id) => {
      deleteRun(store.write, findRun(store.read, id)?.number ?? 0);
      await rm(join(folder, id), { recursive: true });
    },
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

function add(id: string, ageDays: number): void {
  addEndedRun(store.write, { id, at: NOW - ageDays * DAY, results: [] });
  mkdirSync(join(folder, id, 'output', 'shots'), { recursive: true });
  writeFileSync(join(folder, id, 'output', 'output.xml'), 'x'.repeat(1000));
  writeFileSync(join(folder, id, 'output', 'shots', 'one.png'), 'x'.repeat(500));
  writeFileSync(join(folder, id, 'record.db'), 'x'.repeat(70));
  linkSync(join(folder, id, 'record.db'), join(folder, id, 'output', 'record.db'));
  writeFileSync(join(folder, id, 'console.log'), 'x'.repeat(8));
}

it('shows what would go, removes exactly that, and leaves what is important', async () => {
  add('old', 200);
  add('kept', 300);
  add('new', 40);
  updateRun(store.write, 'kept', { important: 1 });
  retention.savePolicy(RetentionPolicy.parse({ runDays: 100, reportDays: 30 }));
  const preview = await retention.preview(undefined, options.signal);
  expect(preview.items.map(({ runId, part, bytes }) => [runId, part, bytes])).toEqual([
    ['old', 'run', 1578],
    ['new', 'report', 1500],
  ]);
  expect(preview.runs).toEqual({ all: 3, bytes: 3 * 1578, kept: 2, protected: 1 });
  expect(await retention.apply(preview.digest, options)).toEqual({ removed: 2, freed: 3078, troubles: [] });
  expect(
    ['old', 'kept/output/output.xml', 'new/output/output.xml', 'new/output/record.db'].map((path) => existsSync(join(folder, path))),
  ).toEqual([false, true, false, true]);
  retention.savePolicy(RetentionPolicy.parse({ recordDays: 30 }));
  const { digest } = await retention.preview(undefined, options.signal);
  expect(await retention.apply(digest, options)).toEqual({ removed: 1, freed: 70, troubles: [] });
  expect(['new/record.db', 'new/output/record.db', 'new/console.log'].map((path) => existsSync(join(folder, path)))).toEqual([
    false,
    false,
    true,
  ]);
  expect(retention.removedOf('new')).toEqual([
    { part: 'record', at: NOW },
    { part: 'report', at: NOW },
  ]);
  expect((await retention.preview(undefined, options.signal)).total).toBe(0);
});

it('removes nothing when what would go is not what was shown', async () => {
  add('old', 200);
  retention.savePolicy(RetentionPolicy.parse({ runDays: 100 }));
  const { digest } = await retention.preview(undefined, options.signal);
  updateRun(store.write, 'old', { important: 1 });
  await expect(retention.apply(digest, options)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(existsSync(join(folder, 'old'))).toBe(true);
});

it('is due once a night, after three, when it is wanted', () => {
  const at = (day: number, hour: number) => isNightDue({ store: store.write }, new Date(2026, 4, day, hour));
  expect(at(1, 4)).toBe(false);
  retention.savePolicy(RetentionPolicy.parse({ nightly: true }));
  expect([at(1, 2), at(1, 3), at(1, 4), at(2, 1), at(2, 9)]).toEqual([false, true, false, false, true]);
});
