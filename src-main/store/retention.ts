import type { KeptRun } from '../../src-shared/model/retention.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export type RunSizes = Pick<KeptRun, 'report' | 'record' | 'console' | 'other'>;
export type RemovablePart = 'report' | 'record' | 'console';

/** Ended runs whose size nobody has measured yet. */
export function listUnmeasured(store: ReadableStore): { number: number; id: string }[] {
  return store
    .prepare<[], { number: number; id: string }>(
      "SELECT number, id FROM run WHERE state = 'ended' AND NOT EXISTS (SELECT 1 FROM run_size WHERE run = number) ORDER BY number",
    )
    .all();
}

export function saveRunSize(store: WritableStore, run: number, sizes: RunSizes): void {
  store
    .prepare(
      `INSERT INTO run_size (run, report, record, console, other)
       SELECT number, @report, @record, @console, @other FROM run WHERE number = @run ON CONFLICT (run) DO NOTHING`,
    )
    .run({ ...sizes, run });
}

/** Every run as retention sees it. Referred to is what a matrix shows, and the origin of a rerun that goes on. */
export function listKeptRuns(store: ReadableStore): KeptRun[] {
  const rows = store
    .prepare<[], Omit<KeptRun, 'isProtected'> & { isProtected: number }>(
      `SELECT run.id, run.name, run.ended_at AS endedAt,
         (run.important = 1 OR EXISTS (SELECT 1 FROM matrix_run AS m WHERE m.run_id = run.id)
           OR EXISTS (SELECT 1 FROM run AS r WHERE r.rerun_of = run.id AND r.state <> 'ended')) AS isProtected,
         coalesce(s.report, 0) AS report, coalesce(s.record, 0) AS record, coalesce(s.console, 0) AS console, coalesce(s.other, 0) AS other
       FROM run LEFT JOIN run_size AS s ON s.run = run.number`,
    )
    .all();
  return rows.map((row) => ({ ...row, isProtected: row.isProtected === 1 }));
}

/** Said before the files go: after a kill they go again, and nobody is told of files that are half gone. */
export function notePartRemoved(store: WritableStore, { run, part, at }: { run: number; part: RemovablePart; at: number }): void {
  store
    .prepare(
      'INSERT INTO run_part_removed (run, part, removed_at) VALUES (?, ?, ?) ON CONFLICT (run, part) DO UPDATE SET removed_at = excluded.removed_at',
    )
    .run(run, part, at);
}

export function notePartGone(store: WritableStore, run: number, part: RemovablePart): void {
  store.prepare(`UPDATE run_size SET ${part} = 0 WHERE run = ?`).run(run);
}

export function listRemovedParts(store: ReadableStore, run: number): { part: RemovablePart; at: number }[] {
  return store
    .prepare<[number], { part: RemovablePart; at: number }>(
      'SELECT part, removed_at AS at FROM run_part_removed WHERE run = ? ORDER BY part',
    )
    .all(run);
}
