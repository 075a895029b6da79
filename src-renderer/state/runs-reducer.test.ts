import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { EMPTY_RUNS, reduceRuns } from './runs-reducer.ts';

const run = (id: string, change: Partial<RunSummary> = {}): RunSummary =>
  ({ id, state: 'executing', createdAt: 0, startedAt: 0, queuePosition: null, ...change }) as RunSummary;

const snapshot = (...active: RunSummary[]) => ({ type: 'snapshot', seq: 1, active }) as const;
const changed = (...runs: RunSummary[]) => ({ type: 'changed', seq: 2, runs, removed: [] as string[] }) as const;

describe('the feed of runs', () => {
  it('orders running by start and waiting by place', () => {
    const { state } = reduceRuns(EMPTY_RUNS, [
      snapshot(
        run('b', { startedAt: 2 }),
        run('q2', { state: 'queued', queuePosition: 2 }),
        run('a', { startedAt: 1 }),
        run('q1', { state: 'queued', queuePosition: 1 }),
      ),
    ]);
    expect([state.running, state.queued]).toEqual([
      ['a', 'b'],
      ['q1', 'q2'],
    ]);
  });

  it('keeps the very same order while only figures change, so that lists do not render', () => {
    const before = reduceRuns(EMPTY_RUNS, [snapshot(run('a'), run('q', { state: 'queued' }))]).state;
    const { state } = reduceRuns(before, [changed(run('a', { total: 9 }))]);
    expect(state.running).toBe(before.running);
    expect(state.queued).toBe(before.queued);
    expect(state.active.get('a')?.total).toBe(9);
    expect(state.settled).toBe(before.settled);
  });

  it('tells each end once, and only of runs it knew', () => {
    const before = reduceRuns(EMPTY_RUNS, [snapshot(run('a'))]).state;
    const end = changed(run('a', { state: 'ended', verdict: 'failed' }), run('old', { state: 'ended' }));
    const first = reduceRuns(before, [end]);
    expect(first.ended.map(({ id }) => id)).toEqual(['a']);
    expect(first.state.active.size).toBe(0);
    expect(first.state.settled).toBeGreaterThan(before.settled);
    expect(reduceRuns(first.state, [end]).ended).toEqual([]);
  });

  it('notices what went away while the link was lost', () => {
    const before = reduceRuns(EMPTY_RUNS, [snapshot(run('a'), run('b'))]).state;
    const { vanished, state } = reduceRuns(before, [snapshot(run('b'))]);
    expect(vanished).toEqual(['a']);
    expect([...state.active.keys()]).toEqual(['b']);
  });

  it('forgets what was removed', () => {
    const before = reduceRuns(EMPTY_RUNS, [snapshot(run('a'))]).state;
    const { state, ended } = reduceRuns(before, [{ ...changed(), removed: ['a'] }]);
    expect([state.active.size, ended.length]).toEqual([0, 0]);
  });
});
