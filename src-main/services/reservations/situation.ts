import { isHold, isWish } from '../../../src-shared/model/reservation-states.ts';
import type { Hold, Situation, Wish } from '../../../src-shared/model/reservation-decide.ts';
import { fitsNeed } from '../../../src-shared/model/reservation-need.ts';
import type { Need } from '../../../src-shared/model/reservation.ts';
import { OPEN_END, type Slot } from '../../../src-shared/model/reservation-timeline.ts';
import { slotOfAside } from '../../../src-shared/model/set-aside.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { listLiveReservations, type StoredReservation } from '../../store/reservations.ts';
import { listSuts, type SutRow } from '../../store/suts.ts';
import type { ReservationPolicy } from './reservation-services.ts';

/** The store as the deciding functions see it, and the rows behind it. */
export interface StoredSituation extends Situation {
  setAside: Slot[];
  rows: Map<string, StoredReservation>;
  suts: Map<string, SutRow>;
}

export function readSituation(store: ReadableStore, { policy, now }: { policy: ReservationPolicy; now: number }): StoredSituation {
  const live = listLiveReservations(store);
  const suts = listSuts(store);
  return {
    wishes: live.filter(({ state }) => isWish(state)).map((row) => toWish(row, suts)),
    holds: live.flatMap((row) => toHold(row) ?? []),
    setAside: suts.flatMap((sut) => slotOfAside(sut) ?? []),
    policy,
    now,
    rows: new Map(live.map((row) => [row.id, row])),
    suts: new Map(suts.map((sut) => [sut.id, sut])),
  };
}

export function toHold(row: StoredReservation): Hold | null {
  if (!isHold(row.state)) return null;
  return {
    id: row.id,
    holder: row.holder,
    sutIds: row.suts.map(({ id }) => id),
    begin: row.begin_at ?? row.requested_at,
    end: row.end_at ?? OPEN_END,
    state: row.state as Hold['state'],
  };
}

function toWish(row: StoredReservation, suts: readonly SutRow[]): Wish {
  const need = needOf(row);
  const candidates = need === null ? row.suts.map(({ id }) => id) : candidatesOf(need, suts);
  return {
    id: row.id,
    holder: row.holder,
    candidates,
    count: need?.count ?? candidates.length,
    begin: row.wanted_begin,
    durationMs: row.duration_ms,
    priority: row.priority,
    arrival: row.number,
    arrivedAt: row.requested_at,
    ifBusy: row.state === 'requested' ? row.if_busy : 'wait',
    gapUntil: row.gap_until,
  };
}

/** By name, so that the same need takes the same SUTs. */
export function candidatesOf(need: Need, suts: readonly SutRow[]): string[] {
  return suts.filter((sut) => fitsNeed(sut, need)).map(({ id }) => id);
}

export function needOf({ need }: Pick<StoredReservation, 'need'>): Need | null {
  return need === null ? null : (JSON.parse(need) as Need);
}
