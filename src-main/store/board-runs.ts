import type { BoardRun } from '../../src-shared/model/reservation.ts';
import type { ReadableStore } from './handle.ts';

type Raw = Omit<BoardRun, 'sutIds' | 'expectedEndAt'> & { sutIds: string; expectedMs: number | null };

/** The newest are enough for a board: what nobody can see any more at its scale is left out. */
const MOST = 1000;

/** Runs with SUTs that had begun and were not over before `from`, UTC ms. */
export function listBoardRuns(store: ReadableStore, from: number): BoardRun[] {
  const rows = store
    .prepare<[number, number], Raw>(
      `SELECT run.id, run.name, started_by AS startedBy, started_at AS startedAt, ended_at AS endedAt, expected_ms AS expectedMs,
         json_group_array(run_sut.sut_id) AS sutIds
       FROM run JOIN run_sut ON run_sut.run = run.number
       WHERE started_at IS NOT NULL AND (ended_at IS NULL OR ended_at > ?) GROUP BY run.number ORDER BY run.number DESC LIMIT ?`,
    )
    .all(from, MOST);
  return rows.map(({ expectedMs, sutIds, ...run }) => ({
    ...run,
    sutIds: JSON.parse(sutIds) as string[],
    expectedEndAt: expectedMs === null || run.endedAt !== null ? null : run.startedAt + expectedMs,
  }));
}
