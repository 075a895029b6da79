import type { ProvisionAtEnd, Reservation } from '../../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findReservation, listReservations, type ReservationFilter, type StoredReservation } from '../../store/reservations.ts';
import { needOf } from './situation.ts';

export function readReservations(store: ReadableStore, filter: ReservationFilter): Reservation[] {
  return listReservations(store, filter).map(toReservation);
}

export function readReservation(store: ReadableStore, id: string): Reservation {
  return toReservation(needReservation(store, id));
}

export function needReservation(store: ReadableStore, id: string): StoredReservation {
  const row = findReservation(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This reservation does not exist.');
  return row;
}

/** Of one of the two columns. */
export function provisionOf(text: string | null): ProvisionAtEnd | null {
  return text === null ? null : (JSON.parse(text) as ProvisionAtEnd);
}

function toReservation(row: StoredReservation): Reservation {
  return {
    id: row.id,
    revision: row.revision,
    holder: row.holder,
    requestedBy: row.requested_by,
    suts: row.suts,
    need: needOf(row),
    purpose: row.purpose,
    priority: row.priority,
    ifBusy: row.if_busy,
    atEnd: row.end_provision === null ? row.at_end : 'provision',
    provision: provisionOf(row.end_provision),
    preparing: provisionOf(row.prepares),
    state: row.state,
    reason: row.reason_code === null || row.reason === null ? null : { code: row.reason_code, message: row.reason },
    wantedBegin: row.wanted_begin,
    durationMs: row.duration_ms,
    begin: row.begin_at,
    end: row.end_at,
    waiting: row.waiting === null ? null : (JSON.parse(row.waiting) as Reservation['waiting']),
    endsWithRuns: row.ends_with_runs === 1,
    requestedAt: row.requested_at,
    changedAt: row.changed_at,
  };
}
