import { updateReservation, type StoredReservation } from '../../store/reservations.ts';
import type { ReservationServices } from './reservation-services.ts';

/** Says once, some minutes before the end of a hold, that it is about to end. A hold that is shorter than that is not mentioned. */
export function remind({ store, clock, policy, changes }: ReservationServices, live: readonly StoredReservation[]): void {
  const now = clock.now();
  const before = policy().remindMinutes * 60_000;
  if (before <= 0) return;
  for (const { number, id, state, begin_at: begin, end_at: end, reminded_at: reminded } of live) {
    if (state !== 'active' || end === null || begin === null || reminded !== null) continue;
    if (now < end - before || end - begin <= before) continue;
    updateReservation(store, number, { reminded_at: now });
    changes.emit('reservation:endsSoon', { id });
  }
}
