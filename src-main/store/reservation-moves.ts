import type { ReservedSut } from '../../src-shared/model/reservation.ts';
import {
  nextReservationState,
  type EndReason,
  type RefuseReason,
  type ReservationEvent,
  type ReservationState,
} from '../../src-shared/model/reservation-states.ts';
import { WorkbenchError } from '../errors.ts';
import { bumpFence } from './fences.ts';
import type { WritableStore } from './handle.ts';
import { updateReservation, writeReservedSuts, type StoredReservation } from './reservations.ts';

export interface ReservationMove {
  event: ReservationEvent;
  at: number;
  reason?: { code: EndReason | RefuseReason; message: string };
  /** Needed by, and only by, `granted`; `end` null = open-ended. */
  slot?: { suts: readonly ReservedSut[]; begin: number; end: number | null };
}

/**
 * Moves a reservation by the one transition table, with its holds and the fences of its SUTs, in one transaction. Throws INTERNAL where
 * the table has no such move: nothing is written then. Answers the reservation as it is afterwards.
 */
export function moveReservation(store: WritableStore, reservation: StoredReservation, move: ReservationMove): StoredReservation {
  const next = nextReservationState(reservation.state, move.event);
  if (next === null) throw new WorkbenchError('INTERNAL', `A reservation that is ${reservation.state} cannot be ${move.event}.`);
  return store.transaction(() => {
    const patch = { changed_at: move.at, waiting: null, ...reasonOf(move), ...timesOf(reservation, move) };
    updateReservation(store, reservation.number, patch);
    store.prepare('UPDATE reservation SET state = ? WHERE number = ?').run(next, reservation.number);
    const suts = move.slot?.suts ?? reservation.suts;
    if (move.slot !== undefined) writeReservedSuts(store, reservation.number, suts);
    changeHolders(store, reservation, next);
    return { ...reservation, ...patch, state: next, suts: [...suts], revision: reservation.revision + 1 };
  })();
}

function reasonOf({ reason }: ReservationMove) {
  return reason === undefined ? {} : { reason_code: reason.code, reason: reason.message };
}

/** A hold that ends early ended then; one that never began has the times it would have had. */
function timesOf({ begin_at: begin, end_at: end }: StoredReservation, { event, at, slot }: ReservationMove) {
  if (slot !== undefined) return { begin_at: slot.begin, end_at: slot.end };
  if (event === 'endBegan') return { end_at: Math.max(begin ?? at, Math.min(end ?? at, at)) };
  return {};
}

/** The primary key of `hold` refuses a second holder. Who may act changes at the begin, when ending begins, and when it is over. */
function changeHolders(store: WritableStore, { number, suts, state: before }: StoredReservation, next: ReservationState): void {
  if (next === 'active') {
    const hold = store.prepare('INSERT INTO hold (sut_id, reservation) VALUES (?, ?)');
    for (const { id } of suts) hold.run(id, number);
  }
  if (next === 'ended' && before === 'ending') store.prepare('DELETE FROM hold WHERE reservation = ?').run(number);
  if (next === 'active' || next === 'ending') for (const { id } of suts) bumpFence(store, id);
}
