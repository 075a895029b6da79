import { z } from 'zod';

/** Where a run is. `ended` is final; the verdict is a separate fact. */
export const RUN_STATES = ['queued', 'preparing', 'provisioning', 'executing', 'tearingDown', 'collecting', 'ended'] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;

/** How a run came out. `failed` is a test verdict, `error` means that the run itself could not do its work. */
export const VERDICTS = ['passed', 'failed', 'error', 'stopped', 'lost'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** Why a run ended in `error`. */
export const CAUSES = ['infrastructure', 'configuration', 'testData', 'timeout', 'internal'] as const;
export const Cause = z.enum(CAUSES);
export type Cause = z.infer<typeof Cause>;

/** What can happen to a run; the only words that move it. */
export const RUN_EVENTS = [
  'leased',
  'prepared',
  'provisioned',
  'executed',
  'tornDown',
  'collected',
  'broke',
  'stopped',
  'vanished',
] as const;
export type RunEvent = (typeof RUN_EVENTS)[number];

/**
 * The only authority on how a run moves (ADR 0004). Tear-down and collecting happen whatever went wrong: from the moment a
 * run holds machines, every way to `ended` leads through them. A run stopped in the queue holds nothing and ends at once.
 */
export const RUN_TRANSITIONS: Readonly<Record<RunState, Partial<Readonly<Record<RunEvent, RunState>>>>> = {
  queued: { leased: 'preparing', stopped: 'ended', broke: 'ended' },
  preparing: { prepared: 'provisioning', broke: 'tearingDown', stopped: 'tearingDown', vanished: 'tearingDown' },
  provisioning: { provisioned: 'executing', broke: 'tearingDown', stopped: 'tearingDown', vanished: 'tearingDown' },
  executing: { executed: 'tearingDown', broke: 'tearingDown', stopped: 'tearingDown', vanished: 'tearingDown' },
  tearingDown: { tornDown: 'collecting' },
  collecting: { collected: 'ended' },
  ended: {},
};

/** The state after `event`, or null where the table has no such move: the caller must treat that as a defect, never as a move. */
export function nextRunState(state: RunState, event: RunEvent): RunState | null {
  return RUN_TRANSITIONS[state][event] ?? null;
}

/** True while a run in this state holds leases on its SUTs. */
export function holdsLease(state: RunState): boolean {
  return state !== 'queued' && state !== 'ended';
}
