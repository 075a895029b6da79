import type { Matrix, MatrixCellTime } from '../../src-shared/model/matrix.ts';
import type { ReadableStore } from './handle.ts';

/** Of one plan, and points of one cell: more say no more. */
const MOST_RUNS = 1000;
const MOST_POINTS = 30;

type Point = MatrixCellTime['points'][number];
interface PlanRun extends Point {
  condition: string | null;
  suts: string;
}

/** Every planned combination of a matrix over time, oldest first, read plan by plan by an index. */
export function readMatrixTimes(
  store: ReadableStore,
  { rows, columns, cells }: Pick<Matrix, 'rows' | 'columns' | 'cells'>,
): MatrixCellTime[] {
  const runs = new Map<string, Map<string, Point[]>>();
  for (const planId of new Set(rows.map((row) => row.planId))) runs.set(planId, runsOf(store, planId));
  return cells.map(({ row, column }) => {
    const { planId = '', conditionName = null } = rows[row] ?? {};
    const found = runs.get(planId)?.get(keyOf(conditionName, columns[column]?.suts ?? [])) ?? [];
    return { row, column, points: found.slice(0, MOST_POINTS).reverse() };
  });
}

/** By condition and SUTs, newest first. */
function runsOf(store: ReadableStore, planId: string): Map<string, Point[]> {
  const found = store
    .prepare<[string, number], PlanRun>(
      `SELECT id AS runId, coalesce(started_at, created_at) AS at, passed, total, condition, suts,
         CASE WHEN verdict = 'passed' AND passed = 0 AND skipped > 0 THEN 'skipped' ELSE verdict END AS verdict
       FROM run WHERE plan_id = ? AND state = 'ended' ORDER BY created_at DESC, number DESC LIMIT ?`,
    )
    .all(planId, MOST_RUNS);
  const byKey = new Map<string, Point[]>();
  for (const { condition, suts, ...point } of found) {
    const key = keyOf(condition, JSON.parse(suts) as string[]);
    const points = byKey.get(key) ?? [];
    points.push(point);
    byKey.set(key, points);
  }
  return byKey;
}

const keyOf = (condition: string | null, suts: readonly string[]): string => JSON.stringify([condition, [...suts].sort()]);
