import type { ReservationRequest } from '../../../../src-shared/model/reservation.ts';
import type { Draft } from './place.ts';

interface Wanted {
  draft: Draft;
  /** Where it stands on the board; null = it stands nowhere and waits. */
  begin: number | null;
  now: number;
  /** Stand in line from the begin that was wanted, instead of taking the free time that the board has found. */
  wait: boolean;
}

/** What is asked of the harness for a draft, by names. What the board found free is not waited for: who was quicker is told. */
export function requestOf({ draft, begin, now, wait }: Wanted, suts: string[]): ReservationRequest {
  const at = wait ? draft.begin : begin;
  return {
    id: crypto.randomUUID(),
    suts,
    ...(at === null || at <= now ? {} : { begin: at }),
    ...(draft.durationMs === null ? { open: true } : { durationMs: draft.durationMs }),
    ifBusy: wait ? 'wait' : 'refuse',
  };
}
