import type { RunPhase } from '../../src-shared/model/run.ts';
import { type Counts } from '../../src-shared/model/run.ts';
import type { Cause, Verdict } from '../../src-shared/model/run-states.ts';
import type { ReadableStore, WritableStore } from './handle.ts';
import { writeResults, type RunResult } from './run-results.ts';
import { indexNewRun } from './run-search-index.ts';
import { insertRun, updateRun, type NewRun } from './runs.ts';

/** How a run came out elsewhere. */
export interface ImportedEnd {
  verdict: Verdict;
  cause: Cause | null;
  counts: Counts;
  startedAt: number | null;
  endedAt: number;
  happened: string | null;
  failure: { code: string; message: string } | null;
  robotVersion: string | null;
  pythonVersion: string | null;
  rebuilt: boolean;
  skippedPhases: string[];
  phases: RunPhase[];
  results: RunResult[];
}

/** Writes a run that has ended elsewhere, as it was. The caller holds the transaction. */
export function insertImportedRun(
  store: WritableStore,
  run: NewRun,
  end: ImportedEnd & { importedAt: number; importedFrom: string; secretsToSupply: readonly string[] },
): void {
  const number = insertRun(store, run);
  store
    .prepare(
      "UPDATE run SET state = 'ended', verdict = @verdict, cause = @cause, started_at = @startedAt, ended_at = @endedAt, imported_at = @importedAt WHERE number = @number",
    )
    .run({
      number,
      verdict: end.verdict,
      cause: end.cause,
      startedAt: end.startedAt,
      endedAt: end.endedAt,
      importedAt: end.importedAt,
    });
  updateRun(store, run.id, {
    ...{ passed: end.counts.passed, failed: end.counts.failed, skipped: end.counts.skipped, not_run: end.counts.notRun },
    happened: end.happened,
    failure_code: end.failure?.code ?? null,
    failure_message: end.failure?.message ?? null,
    robot_version: end.robotVersion,
    python_version: end.pythonVersion,
    rebuilt: end.rebuilt ? 1 : 0,
    skipped_phases: JSON.stringify(end.skippedPhases),
    imported_from: end.importedFrom,
    secrets_to_supply: JSON.stringify(end.secretsToSupply),
  });
  writePhases(store, number, end.phases);
  writeResults(store, number, end.results);
  indexNewRun(store, number);
}

function writePhases(store: WritableStore, number: number, phases: readonly RunPhase[]): void {
  store.prepare('DELETE FROM run_phase WHERE run = ?').run(number);
  const add = store.prepare(
    `INSERT INTO run_phase (run, ordinal, state, started_at, ended_at, outcome, note, expected_ms)
     VALUES (@run, @ordinal, @state, @startedAt, @endedAt, @outcome, @note, @expectedMs)`,
  );
  phases.forEach((phase, ordinal) => add.run({ ...phase, run: number, ordinal }));
}

/** `imported_at` of a run whose results are still being written. A kill then leaves it, and the next start takes it away. */
export const STILL_COMING = 0;

/** All its results are there. */
export function setImported(store: WritableStore, id: string, at: number): void {
  store.prepare('UPDATE run SET imported_at = ? WHERE id = ?').run(at, id);
}

/** Takes runs away that came in by half, all of them or one; answers their ids. */
export function deleteHalfImported(store: WritableStore, id: string | null = null): string[] {
  const sql = `DELETE FROM run WHERE imported_at = ${STILL_COMING} AND (? IS NULL OR id = ?) RETURNING id`;
  return store.prepare<[string | null, string | null], string>(sql).pluck().all(id, id);
}

/** Every outcome of a run, in the order of start. */
export function listResults(store: ReadableStore, number: number): RunResult[] {
  return store
    .prepare<[number], RunResult>(
      `SELECT r.ordinal, n.long_name AS longName, r.item, r.status, r.elapsed, r.message
       FROM run_result AS r JOIN result_name AS n ON n.id = r.name_id WHERE r.run = ? ORDER BY r.ordinal`,
    )
    .all(number);
}
