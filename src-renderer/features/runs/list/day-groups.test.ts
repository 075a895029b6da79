import { expect, it } from 'vitest';
import type { RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import { dayOf, daysOf } from './day-groups.ts';

// Local days on purpose: they are the reader's.
const row = (day: number, verdict: string | null): RunListRow =>
  ({
    run: { createdAt: new Date(2026, 10, day, 12).getTime(), state: verdict === null ? 'executing' : 'ended', verdict },
    strip: [],
  }) as unknown as RunListRow;
const rows = [row(24, null), row(24, 'passed'), row(24, 'failed'), row(23, 'lost'), row(23, 'passed')];

it('counts the runs of a day, and those that ended otherwise than passed', () => {
  expect([...daysOf(rows, true).values()]).toEqual([
    { runs: 3, notPassed: 1, whole: true },
    { runs: 2, notPassed: 1, whole: true },
  ]);
});

it('does not claim the last day while more of it may come', () => {
  const days = daysOf(rows, false);
  expect(days.get(dayOf(row(24, null)))?.whole).toBe(true);
  expect(days.get(dayOf(row(23, null)))?.whole).toBe(false);
});
