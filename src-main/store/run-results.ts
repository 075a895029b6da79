import type { ReadableStore, WritableStore } from './handle.ts';

/** How one test came out; `ordinal` is its place in the order of start, `item` its row in the run record. */
export interface RunResult {
  ordinal: number;
  longName: string;
  item: number;
  status: 'passed' | 'failed' | 'skipped' | 'notRun';
  /** Microseconds. */
  elapsed: number | null;
  message: string | null;
}

/** Writes results; those of the same ordinals are replaced, so collecting twice after a crash gives the same rows. */
export function writeResults(store: WritableStore, run: number, results: readonly RunResult[]): void {
  const addName = store.prepare('INSERT INTO result_name (long_name) VALUES (?) ON CONFLICT (long_name) DO NOTHING');
  const write = store.prepare(
    `INSERT INTO run_result (run, ordinal, name_id, item, status, elapsed, message)
     VALUES (@run, @ordinal, (SELECT id FROM result_name WHERE long_name = @longName), @item, @status, @elapsed, @message)
     ON CONFLICT (run, ordinal) DO UPDATE SET
       name_id = excluded.name_id, item = excluded.item, status = excluded.status, elapsed = excluded.elapsed, message = excluded.message`,
  );
  store.transaction(() => {
    for (const result of results) {
      addName.run(result.longName);
      write.run({ ...result, run });
    }
  })();
}

const CAME_OUT_WELL = "status IN ('passed', 'skipped')";

/**
 * Notes what a rerun of `origin`'s failures leaves out: names whose every outcome there was good, and what `origin` itself left out.
 * Kept as rows of the new run, so that it holds when the origin is removed.
 */
export function excludeWhatPassed(store: WritableStore, rerun: { run: number; origin: number }): void {
  store
    .prepare(
      `INSERT INTO run_exclusion (run, name_id)
       SELECT @run, name_id FROM run_result WHERE run = @origin GROUP BY name_id HAVING min(${CAME_OUT_WELL}) = 1
       UNION SELECT @run, name_id FROM run_exclusion WHERE run = @origin`,
    )
    .run(rerun);
}

/** Long names that a run leaves out. */
export function listExcluded(store: ReadableStore, run: number): string[] {
  return store
    .prepare<[number], { longName: string }>(
      `SELECT n.long_name AS longName FROM run_exclusion AS e JOIN result_name AS n ON n.id = e.name_id WHERE e.run = ? ORDER BY n.long_name`,
    )
    .all(run)
    .map((row) => row.longName);
}

/** How every test of a run came out, in the order of start. */
export function listResults(store: ReadableStore, runId: string): Pick<RunResult, 'longName' | 'status' | 'elapsed' | 'message'>[] {
  return store
    .prepare<[string], Pick<RunResult, 'longName' | 'status' | 'elapsed' | 'message'>>(
      `SELECT n.long_name AS longName, r.status, r.elapsed, r.message FROM run_result AS r JOIN result_name AS n ON n.id = r.name_id
       WHERE r.run = (SELECT number FROM run WHERE id = ?) ORDER BY r.ordinal`,
    )
    .all(runId);
}

/** Message of the failure that came first. */
export function firstFailure(store: ReadableStore, run: number): { longName: string; message: string | null } | undefined {
  return store
    .prepare<[number], { longName: string; message: string | null }>(
      `SELECT n.long_name AS longName, r.message FROM run_result AS r JOIN result_name AS n ON n.id = r.name_id
       WHERE r.run = ? AND r.status = 'failed' ORDER BY r.ordinal LIMIT 1`,
    )
    .get(run);
}
