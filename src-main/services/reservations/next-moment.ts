import type { StoredReservation } from '../../store/reservations.ts';
import type { ReservationPolicy } from './reservation-services.ts';

/** When the store has to be looked at again, UTC ms; null = only when something is asked. */
export function nextMoment(live: readonly StoredReservation[], { policy, now }: { policy: ReservationPolicy; now: number }): number | null {
  const moments = live.flatMap((row) => momentsOf(row, policy)).filter((at) => at > now);
  return moments.length === 0 ? null : Math.min(...moments);
}

function momentsOf(row: StoredReservation, policy: ReservationPolicy): number[] {
  const { state, begin_at: begin, end_at: end, answer_by: answerBy, requested_at: since } = row;
  if (state === 'granted' || state === 'active') {
    const reminder = end !== null && row.reminded_at === null ? [end - policy.remindMinutes * 60_000] : [];
    return [...(begin === null ? [] : [begin]), ...(end === null ? [] : [end]), ...reminder];
  }
  if (state === 'ending') return [];
  // A wish rises by a class after each full wait, whenever it came.
  const raises = Math.ceil((Date.now() - since) / policy.raiseAfterMs) * policy.raiseAfterMs;
  return [since + raises, ...(answerBy === null ? [] : [answerBy])];
}
