import type { RunState } from '../../src-shared/model/run-states.ts';
import type { ReadableStore } from './handle.ts';

/** How many of the newest runs of a series an estimate looks at. */
const LOOK_BACK = 12;

/** Runs that ran to their own end: those that broke or were stopped say nothing about how long the work takes. */
const COMPARABLE = "verdict IN ('passed', 'failed')";

/** ms from start to end, as the median of the series; null without history. */
export function expectedDuration(store: ReadableStore, series: string): number | null {
  const rows = store
    .prepare<[string, number], { took: number }>(
      `SELECT ended_at - started_at AS took FROM run
       WHERE series_key = ? AND ${COMPARABLE} ORDER BY created_at DESC LIMIT ?`,
    )
    .all(series, LOOK_BACK);
  return median(rows.map(({ took }) => took));
}

/** ms that this phase took, as the median of the series; null without history. */
export function expectedPhase(store: ReadableStore, series: string, state: RunState): number | null {
  const rows = store
    .prepare<[string, number, string], { took: number }>(
      `SELECT p.ended_at - p.started_at AS took
       FROM (SELECT number FROM run WHERE series_key = ? AND ${COMPARABLE} ORDER BY created_at DESC LIMIT ?) AS r
       JOIN run_phase AS p ON p.run = r.number
       WHERE p.state = ? AND p.outcome = 'done' AND p.ended_at IS NOT NULL`,
    )
    .all(series, LOOK_BACK, state);
  return median(rows.map(({ took }) => took));
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return null;
  if (sorted.length % 2 === 1) return middle;
  return Math.round((middle + (sorted[sorted.length / 2 - 1] ?? middle)) / 2);
}
