import type { Reservation } from '../../src-shared/model/reservation.ts';

/** As long before the end of a hold as the harness reminds, ms. */
const BEFORE = 10 * 60_000;

/** A hold whose holder is to be told that it is about to end. */
export function endsSoon({ state, begin, end, endsWithRuns }: Reservation, now: number): boolean {
  if (state !== 'active' || begin === null || end === null || endsWithRuns) return false;
  return end > now && end - now <= BEFORE && end - begin > BEFORE;
}
