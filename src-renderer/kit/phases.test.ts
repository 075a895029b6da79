import { describe, expect, it } from 'vitest';
import type { Run, RunSummary } from '../../src-shared/model/run.ts';
import { markOfRun } from './marks.ts';
import { PHASES, progressOf, segmentsOf } from './phases.ts';

const summary = (change: Partial<RunSummary>): RunSummary => ({
  id: '1',
  name: 'fw-smoke',
  testDataId: null,
  revision: 'a'.repeat(64),
  suts: [],
  condition: null,
  plan: null,
  startedBy: 'mira',
  rerunOf: null,
  state: 'executing',
  verdict: null,
  cause: null,
  counts: { passed: 0, failed: 0, skipped: 0, notRun: 0 },
  total: 0,
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
  happened: null,
  queuePosition: null,
  expectedEndAt: null,
  stop: null,
  important: false,
  skippedPhases: [],
  retriesLeft: 0,
  imported: null,
  ...change,
});
const looks = (run: RunSummary | Run): string[] => segmentsOf(run).map((segment) => segment.look);

describe('phases of a run', () => {
  it('has every state but the end, in order', () => {
    expect(PHASES).toEqual(['queued', 'preparing', 'provisioning', 'executing', 'tearingDown', 'collecting']);
  });

  it('is done before, now, and to come after', () => {
    expect(looks(summary({ state: 'provisioning' }))).toEqual(['done', 'done', 'now', 'todo', 'todo', 'todo']);
    expect(looks(summary({ state: 'ended', verdict: 'passed' }))).toEqual(Array.from({ length: 6 }, () => 'done'));
  });

  it('does not show as done in a list what was not needed', () => {
    expect(looks(summary({ state: 'executing', skippedPhases: ['provisioning'] }))).toEqual([
      'done',
      'done',
      'skipped',
      'now',
      'todo',
      'todo',
    ]);
  });

  it('shows what a whole run knows: skipped, failed, and never begun', () => {
    const phase = (state: Run['state'], outcome: 'done' | 'skipped' | 'failed') =>
      ({ state, outcome, startedAt: 0, endedAt: 1, note: null, expectedMs: null }) as const;
    const run = {
      ...summary({ state: 'tearingDown' }),
      phases: [phase('preparing', 'done'), phase('provisioning', 'skipped'), phase('executing', 'failed')],
    };
    expect(looks(run as unknown as Run)).toEqual(['todo', 'done', 'skipped', 'failed', 'now', 'todo']);
  });

  it('knows how far only while executing and with a total', () => {
    expect(progressOf(summary({ counts: { passed: 30, failed: 10, skipped: 1, notRun: 0 }, total: 82 }))).toBe(0.5);
    expect(progressOf(summary({ total: 0 }))).toBeNull();
    expect(progressOf(summary({ state: 'collecting', total: 82 }))).toBeNull();
  });
});

describe('marks', () => {
  const counts = { passed: 0, failed: 0, skipped: 0, notRun: 0 };
  it.each([
    [summary({ state: 'queued' }), 'queued'],
    [summary({}), 'running'],
    [summary({ counts: { ...counts, failed: 1 } }), 'failing'],
    [summary({ state: 'ended', verdict: 'passed', counts: { ...counts, skipped: 9 } }), 'skipped'],
    [summary({ state: 'ended', verdict: 'failed', counts: { ...counts, failed: 1 } }), 'failed'],
    [summary({ state: 'ended', verdict: 'lost' }), 'lost'],
  ] as const)('tells %#', (run, mark) => expect(markOfRun(run)).toBe(mark));
});
