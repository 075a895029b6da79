import { holdsLease, nextRunState, type Cause, type RunEvent, type RunState, type Verdict } from '../../src-shared/model/run-states.ts';
import { WorkbenchError } from '../errors.ts';
import type { WritableStore } from './handle.ts';
import { releaseLeases } from './leases.ts';
import { expectedPhase } from './run-history.ts';
import { findRun, type RunRow } from './runs.ts';

export interface RunMove {
  id: string;
  event: RunEvent;
  at: number;
  /** How the phase that ends came out; `done` unless told. */
  outcome?: 'done' | 'skipped' | 'failed';
  /** Why it was skipped or failed: replaces the phase's note. */
  note?: string;
  /** First note of the phase that begins. */
  nextNote?: string;
  /** Kept from the first that says one: what went wrong first is the reason. */
  failure?: { code: string; message: string; cause: Cause };
  /** Needed by, and only by, a move to `ended`. */
  end?: { verdict: Verdict; cause: Cause | null; happened: string | null };
}

/**
 * Moves a run by the one transition table, with its phases, in one transaction; leases go in the same transaction that ends it. Throws
 * INTERNAL where the table has no such move: nothing is written then.
 */
export function moveRun(store: WritableStore, move: RunMove): RunState {
  return store.transaction(() => {
    const row = findRun(store, move.id);
    if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
    const next = nextRunState(row.state, move.event);
    if (next === null) throw new WorkbenchError('INTERNAL', `A run that is ${row.state} cannot be ${move.event}.`);
    closePhase(store, row, move);
    writeFailure(store, row, move);
    if (next === 'ended') end(store, row, move);
    else begin(store, row, { ...move, next });
    if (holdsLease(row.state) && !holdsLease(next)) releaseLeases(store, row.number);
    return next;
  })();
}

function closePhase(store: WritableStore, row: RunRow, move: RunMove): void {
  const failed = move.event === 'broke' || move.event === 'vanished' || move.event === 'stopped';
  const outcome = move.outcome ?? (failed ? 'failed' : 'done');
  store
    .prepare("UPDATE run_phase SET ended_at = ?, outcome = ?, note = coalesce(?, note) WHERE run = ? AND outcome = 'running'")
    .run(move.at, outcome, move.note ?? move.failure?.message ?? null, row.number);
  if (outcome === 'skipped')
    store.prepare("UPDATE run SET skipped_phases = json_insert(skipped_phases, '$[#]', ?) WHERE number = ?").run(row.state, row.number);
}

function writeFailure(store: WritableStore, row: RunRow, { failure }: RunMove): void {
  if (failure === undefined || row.failure_code !== null) return;
  store
    .prepare('UPDATE run SET failure_code = ?, failure_message = ?, cause = ? WHERE number = ?')
    .run(failure.code, failure.message, failure.cause, row.number);
}

function begin(store: WritableStore, row: RunRow, move: RunMove & { next: RunState }): void {
  store
    .prepare('UPDATE run SET state = ?, started_at = coalesce(started_at, ?), queue_position = NULL WHERE number = ?')
    .run(move.next, move.at, row.number);
  store
    .prepare(
      `INSERT INTO run_phase (run, ordinal, state, started_at, outcome, note, expected_ms)
       VALUES (@run, (SELECT count(*) FROM run_phase WHERE run = @run), @state, @at, 'running', @note, @expected)`,
    )
    .run({
      run: row.number,
      state: move.next,
      at: move.at,
      note: move.nextNote ?? null,
      expected: expectedPhase(store, row.series_key, move.next),
    });
}

function end(store: WritableStore, row: RunRow, { end: outcome, at }: RunMove): void {
  if (outcome === undefined) throw new WorkbenchError('INTERNAL', 'A run cannot end without a verdict.');
  store
    .prepare(
      `UPDATE run SET state = 'ended', ended_at = ?, verdict = ?, cause = ?, happened = ?, queue_position = NULL,
         stop_next_step_at = NULL WHERE number = ?`,
    )
    .run(at, outcome.verdict, outcome.cause, outcome.happened, row.number);
}
