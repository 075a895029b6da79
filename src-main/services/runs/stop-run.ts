import { WorkbenchError } from '../../errors.ts';
import { moveRun } from '../../store/run-moves.ts';
import { findRun, updateRun, type RunRow } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import type { RunServices } from './run-services.ts';

export interface StopRequest {
  id: string;
  reason?: string | undefined;
  /** Skips what is left of the grace. */
  now: boolean;
}

/**
 * Writes down that a run is to stop; what is written before Robot's end was recorded makes the run `stopped`. Answers in which state
 * the stop met it: a queued run is ended by this, the others must be told. Refused with CONFLICT when it comes too late.
 */
export function requestStop({ store, clock, holds }: RunServices, request: StopRequest, caller: Caller): { met: RunRow['state'] } {
  return store.transaction(() => {
    const row = findRun(store, request.id);
    if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
    refuseTooLate(row);
    const at = clock.now();
    updateRun(store, row.id, {
      stop_requested_at: row.stop_requested_at ?? at,
      stop_by: row.stop_by ?? caller.user,
      stop_reason: row.stop_reason ?? request.reason ?? null,
      stop_now: request.now ? 1 : row.stop_now,
      stop_step: row.stop_step ?? 'asked',
    });
    if (row.state !== 'queued') return { met: row.state };
    const note = `Stopped by ${caller.user} before it began.`;
    updateRun(store, row.id, { not_run: row.total });
    moveRun(store, { id: row.id, event: 'stopped', at, note, end: { verdict: 'stopped', cause: null, happened: note } });
    holds.runEnded(row.number, at);
    return { met: row.state };
  })();
}

function refuseTooLate({ state, verdict }: RunRow): void {
  if (state === 'ended') throw new WorkbenchError('CONFLICT', `This run has ended already: ${verdict ?? ''}.`);
  if (state === 'tearingDown' || state === 'collecting')
    throw new WorkbenchError('CONFLICT', 'Too late to stop: the tests have ended, the report is being collected.');
}
