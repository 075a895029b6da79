import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { issueAddress } from '../../../src-shared/model/triage.ts';
import { Changes } from '../../changes.ts';
import { addEndedRun } from '../../store/fixtures/ended-run.ts';
import { openStore } from '../../store/open.ts';
import type { Caller } from '../caller.ts';
import { createTriage, type Triage } from './triage.ts';

const ada: Caller = { user: 'ada', origin: 'cli' };
const rule = { title: 'BMC answers late', message: 'timed out after * s', test: '', sut: '', issue: 'LAB-12' };
const timedOut = { longName: 'Nightly.Power.Cycle', status: 'failed' as const, message: 'IPMI timed out after 30 s' };
const passes = { ...timedOut, status: 'passed' as const };

let folder: string;
let store: ReturnType<typeof openStore>;
let changes: Changes;
let triage: Triage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-triage-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  triage = begin();
});
afterEach(() => {
  triage.close();
  store.close();
  rmSync(folder, { recursive: true });
});

function begin(): Triage {
  changes = new Changes();
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  return createTriage({ store: store.write, changes, clock: { now: () => 1000 }, log });
}
function end(id: string, at: number, results: Parameters<typeof addEndedRun>[1]['results']): void {
  addEndedRun(store.write, { id, at, results, suts: ['rack-1'] });
  changes.emit('run:ended', { id });
}

it('explains failures of later runs by a rule, counts the rest, and shows a rule that does not match any more', async () => {
  triage.saveRule({ id: null, content: rule }, ada);
  triage.start();
  end('one', 10, [timedOut, { longName: 'Nightly.Fan', status: 'failed', message: 'too hot' }]);
  await vi.waitFor(() => expect(triage.rules()[0]).toMatchObject({ matches: 1, clearRuns: 0, lastMatchAt: 60_010 }));
  expect(triage.ofRun('one')).toMatchObject({
    known: [{ test: 'Nightly.Power.Cycle', title: rule.title, issue: 'LAB-12' }],
    unexplained: 1,
  });
  end('two', 20, [passes]);
  end('three', 30, [passes]);
  end('other', 40, [{ longName: 'Another', status: 'passed' }]);
  await vi.waitFor(() => expect(triage.rules()[0]).toMatchObject({ matches: 1, clearRuns: 2 }));
  end('four', 50, [timedOut]);
  await vi.waitFor(() => expect(triage.rules()[0]).toMatchObject({ matches: 2, clearRuns: 0 }));
});

it('sees after a restart what ended unseen, once', async () => {
  triage.saveRule({ id: null, content: rule }, ada);
  addEndedRun(store.write, { id: 'unseen', at: 10, results: [timedOut] });
  triage.start();
  await vi.waitFor(() => expect(triage.rules()[0]?.matches).toBe(1));
  triage.close();
  triage = begin();
  triage.start();
  end('later', 20, [passes]);
  await vi.waitFor(() => expect(triage.rules()[0]).toMatchObject({ matches: 1, clearRuns: 1 }));
});

it('keeps a rule to its machine and its tests, tries a changed rule anew, and forgets what a removed one said', () => {
  addEndedRun(store.write, { id: 'run', at: 10, results: [timedOut], suts: ['rack-2'] });
  const [saved] = triage.saveRule({ id: null, content: { ...rule, sut: 'rack-1' } }, ada);
  const id = saved?.id ?? '';
  expect(saved?.matches).toBe(0);
  expect(triage.saveRule({ id, content: { ...rule, sut: 'rack-2', test: 'Nightly.Fan*' } }, ada)[0]?.matches).toBe(0);
  expect(triage.saveRule({ id, content: { ...rule, test: 'nightly.*' } }, ada)[0]?.matches).toBe(1);
  expect(triage.removeRule(id)).toEqual([]);
  expect(triage.ofRun('run')).toEqual({ marks: [], known: [], unexplained: 1 });
});

it('keeps comments, labels and issues with who and when, and takes them away again', () => {
  addEndedRun(store.write, { id: 'run', at: 10, results: [timedOut] });
  triage.mark({ runId: 'run', test: null, kind: 'label', text: 'release' }, ada);
  const { marks } = triage.mark({ runId: 'run', test: timedOut.longName, kind: 'issue', text: 'LAB-7' }, ada);
  expect(marks).toMatchObject([
    { test: null, kind: 'label', text: 'release', by: 'ada' },
    { test: timedOut.longName, kind: 'issue', text: 'LAB-7' },
  ]);
  triage.removeMark(marks[0]?.id ?? '');
  expect(triage.ofRun('run').marks).toHaveLength(1);
  expect(() => triage.removeMark('nothing')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }) as Error);
});

it('finds the address of an issue by its longest prefix, and never makes one of foreign text', () => {
  const trackers = [
    { prefix: '#', url: 'https://git.lab/issues/{rest}' },
    { prefix: 'LAB-', url: 'https://tracker.lab/browse/{issue}' },
  ];
  expect(issueAddress('LAB-7', trackers)).toBe('https://tracker.lab/browse/LAB-7');
  expect(issueAddress('#12', trackers)).toBe('https://git.lab/issues/12');
  expect(issueAddress('#../x?y', trackers)).toBe('https://git.lab/issues/..%2Fx%3Fy');
  expect(issueAddress('OTHER-1', trackers)).toBeNull();
});
