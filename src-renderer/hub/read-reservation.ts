import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import { readsAs } from '../../src-shared/protocol/reads.ts';
import { formatWhen } from '../kit/format.ts';

/** The sentence that says how a reservation stands, with times as everywhere. */
export function readReservation(reservation: HubReservation, now: number): string {
  return readsAs(reservation, now, (time) => formatWhen(time, now));
}
