import { describe, expect, it } from 'vitest';
import type { RunListRow } from '../../../src-shared/contract/harness/runs.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { needsOf, passedBefore } from './needs.ts';

const counts = { passed: 0, failed: 0, skipped: 0, notRun: 0 };
const run = (name: string, change: Partial<RunSummary>): RunSummary =>
  ({
    id: name,
    name,
    suts: ['dl380-07'],
    condition: null,
    counts,
    total: 31,
    happened: null,
    cause: null,
    verdict: 'passed',
    ...change,
  }) as RunSummary;
const row = (summary: RunSummary, strip: RunListRow['strip'] = []): RunListRow => ({ run: summary, strip });

describe('what needs a person', () => {
  it('is the latest of each series, where it did not pass', () => {
    const needs = needsOf([
      row(run('fixed', { verdict: 'passed' })),
      row(run('fixed', { verdict: 'failed' })),
      row(run('broken', { verdict: 'failed', counts: { ...counts, failed: 2 } }), ['passed', 'failed']),
      row(run('stopped', { verdict: 'stopped' })),
      row(run('lost', { verdict: 'lost' })),
    ]);
    expect(needs.map(({ title }) => title)).toEqual(['broken failed on dl380-07', 'lost was lost on dl380-07']);
    expect(needs[0]?.why).toBe('2 of 31 failed, passed in the run before');
  });

  it('leaves alone what is being run again', () => {
    const failed = run('fw', { verdict: 'failed' });
    expect(needsOf([row(failed)], [run('fw', { verdict: null, state: 'executing' })])).toEqual([]);
  });

  it('tells a series by its machines in any order', () => {
    const rows = [row(run('fw', { suts: ['a', 'b'] })), row(run('fw', { suts: ['b', 'a'], verdict: 'failed' }))];
    expect(needsOf(rows)).toEqual([]);
  });

  it('counts the passes right before', () => {
    expect(passedBefore(['failed', 'passed', 'passed', 'failed'])).toBe(2);
    expect(passedBefore(['failed'])).toBe(0);
    expect(passedBefore(['failed', 'failed'])).toBe(0);
  });
});
