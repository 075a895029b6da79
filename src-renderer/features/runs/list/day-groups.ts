import type { RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import { startOfDay } from '../filter/run-filter.ts';

export interface Day {
  readonly runs: number;
  /** Ended, and did not pass. */
  readonly notPassed: number;
  /** False for the last day while more of it may not be loaded. */
  readonly whole: boolean;
}

export const dayOf = ({ run }: RunListRow): string => String(startOfDay(run.createdAt));

export function daysOf(rows: readonly RunListRow[], complete: boolean): ReadonlyMap<string, Day> {
  const days = new Map<string, Day>();
  for (const row of rows) {
    const { runs, notPassed } = days.get(dayOf(row)) ?? { runs: 0, notPassed: 0 };
    const bad = row.run.state === 'ended' && row.run.verdict !== 'passed';
    days.set(dayOf(row), { runs: runs + 1, notPassed: notPassed + (bad ? 1 : 0), whole: true });
  }
  const last = [...days].at(-1);
  if (last !== undefined && !complete) days.set(last[0], { ...last[1], whole: false });
  return days;
}
