import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openStore } from './open.ts';
import { mergedTests } from './run-merged.ts';
import { writeResults } from './run-results.ts';
import { insertRun } from './runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'atn-merged-'));
const store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

type Outcome = 'passed' | 'failed' | 'skipped' | 'notRun';

function addRun(id: string, { rerunOf, failedOnly }: { rerunOf: string | null; failedOnly: boolean }, results: [string, Outcome][]): void {
  const number = insertRun(store.write, {
    id,
    name: 'Nightly',
    requestKey: null,
    testDataId: null,
    revision: 'c'.repeat(64),
    suts: [],
    sutNames: [],
    sutsSha256: null,
    condition: null,
    startedBy: 'ada',
    rerunOf,
    request: {
      selection: { include: [], exclude: [], suites: [], tests: [] },
      options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
      failedOnly,
    },
    total: 0,
    createdAt: 1,
    expectedMs: null,
  });
  const rows = results.map(([longName, status], ordinal) => ({
    ordinal,
    longName,
    item: ordinal + 10,
    status,
    elapsed: 1,
    message: status === 'failed' ? id : null,
  }));
  writeResults(store.write, number, rows);
}

it('counts the newest outcome of each test and keeps the earlier ones visible', () => {
  addRun('first', { rerunOf: null, failedOnly: false }, [
    ['S.A', 'passed'],
    ['S.B', 'failed'],
    ['S.Twice', 'failed'],
    ['S.Twice', 'passed'],
    ['S.D', 'failed'],
  ]);
  addRun('again', { rerunOf: 'first', failedOnly: true }, [
    ['S.B', 'passed'],
    ['S.Twice', 'failed'],
    ['S.Twice', 'passed'],
    ['S.D', 'notRun'],
  ]);
  addRun('third', { rerunOf: 'again', failedOnly: true }, [
    ['S.Twice', 'passed'],
    ['S.New', 'passed'],
  ]);
  addRun('whole', { rerunOf: 'first', failedOnly: false }, [['S.A', 'failed']]);
  const merged = mergedTests(store.read, 'first');
  expect(merged.map(({ longName, status, runId, item }) => [longName, status, runId, item])).toEqual([
    ['S.A', 'passed', 'first', 10],
    ['S.B', 'passed', 'again', 10],
    ['S.Twice', 'passed', 'third', 10],
    ['S.Twice', 'passed', 'again', 12],
    ['S.D', 'failed', 'first', 14],
    ['S.New', 'passed', 'third', 11],
  ]);
  expect(merged[2]).toMatchObject({
    name: 'Twice',
    outcomes: [{ status: 'failed' }, { status: 'failed' }, { runId: 'third', status: 'passed' }],
  });
  expect(merged[4]).toMatchObject({ message: 'first', outcomes: [{ status: 'failed' }, { runId: 'again', status: 'notRun' }] });
  expect(mergedTests(store.read, 'third')).toHaveLength(2);
  expect(mergedTests(store.read, 'nobody')).toEqual([]);
});
