import { decide, type Outcome } from '../../../src-shared/model/reservation-decide.ts';
import { isWish } from '../../../src-shared/model/reservation-states.ts';
import { OPEN_END } from '../../../src-shared/model/reservation-timeline.ts';
import { WORKBENCH, type Reservation } from '../../../src-shared/model/reservation.ts';
import { newId } from '../../new-id.ts';
import { moveReservation, type ReservationMove } from '../../store/reservation-moves.ts';
import { findSut, listSutsSetAside } from '../../store/suts.ts';
import {
  findHolding,
  findReservation,
  insertReservation,
  listLiveReservations,
  updateReservation,
  type ReservationRow,
  type StoredReservation,
} from '../../store/reservations.ts';
import { provisionOf } from './read-reservations.ts';
import { nothingChanged, type Changed, type ReservationServices } from './reservation-services.ts';
import { readSituation, type StoredSituation } from './situation.ts';
import { obstacleOf, sentenceOfObstacles } from './words.ts';

export interface SettleOptions {
  now: number;
  /** Whether nothing is left on the SUTs of a reservation that is ending, so that it may be over. */
  isFreed: (reservation: StoredReservation) => boolean;
}

/**
 * Brings the store to where it has to be at this moment, in one transaction: what has come to its end ends, what is freed is over, the
 * queue is gone through, and what has come to its begin begins. In this order, so that a new holder never meets the old one.
 */
export function settle(services: Pick<ReservationServices, 'store' | 'policy'>, { now, isFreed }: SettleOptions): Changed {
  const { store } = services;
  const changed = nothingChanged();
  const move = (row: StoredReservation, what: Omit<ReservationMove, 'at'>) => {
    const after = moveReservation(store, row, { ...what, at: now });
    changed.reservations.add(row.id);
    if (after.state !== 'waiting' && after.state !== 'refused') for (const { id } of after.suts) changed.suts.add(id);
  };
  store.transaction(() => {
    const live = listLiveReservations(store);
    if (live.length === 0) return;
    for (const row of live) expire(row, now, move);
    for (const row of listLiveReservations(store)) if (row.state === 'ending' && isFreed(row)) over(services, { row, now, move });
    if (live.some(({ state }) => isWish(state))) decideWishes(services, { now, changed, move });
    for (const row of listLiveReservations(store)) if (row.state === 'granted' && isDue(services, row, now)) move(row, { event: 'began' });
  })();
  return changed;
}

/** Where it asked for it, the harness itself has its SUTs next, each until it is provisioned: whoever waits does so until then. */
function over(
  { store }: Pick<ReservationServices, 'store'>,
  { row, now, move }: { row: StoredReservation; now: number; move: Move },
): void {
  move(row, { event: 'ended' });
  const provision = provisionOf(row.end_provision);
  if (provision === null) return;
  const aside = listSutsSetAside(store);
  for (const sut of row.suts) {
    if (findSut(store, sut.id) === undefined || aside.some(({ id }) => id === sut.id)) continue;
    const id = newId(now);
    insertReservation(store, {
      ...{ id, holder: WORKBENCH, requestedBy: row.holder, suts: [sut], need: null },
      purpose: `Being provisioned with ${provision.image ?? provision.recipe}, as ${row.holder} wanted it`,
      ...{ priority: 0, ifBusy: 'refuse', atEnd: 'nothing', prepares: provision },
      ...{ wantedBegin: null, durationMs: null, answerBy: null, endsWithRuns: false, at: now },
    });
    const made = findReservation(store, id);
    if (made === undefined) continue;
    move(made, { event: 'granted', slot: { suts: [sut], begin: now, end: null } });
    const granted = findReservation(store, id);
    if (granted !== undefined) move(granted, { event: 'began' });
  }
}

function decideWishes(
  services: Pick<ReservationServices, 'store' | 'policy'>,
  { now, changed, move }: { now: number; changed: Changed; move: Move },
): void {
  const situation = readSituation(services.store, { policy: services.policy(), now });
  for (const outcome of decide(withoutLost(situation, move))) settleWish(services, { outcome, situation, changed, move });
}

type Move = (row: StoredReservation, what: Omit<ReservationMove, 'at'>) => void;

/** Holds whose end has come, and wishes that gave themselves a time to be answered by. */
function expire(row: StoredReservation, now: number, move: Move): void {
  const over = row.end_at !== null && row.end_at <= now;
  const reason = { code: 'expired' as const, message: 'Its time was over.' };
  if (row.state === 'granted' && over) move(row, { event: 'ended', reason });
  if (row.state === 'active' && over) move(row, { event: 'endBegan', reason });
  const late = (row.state === 'requested' || row.state === 'waiting') && row.answer_by !== null && row.answer_by <= now;
  if (late) move(row, { event: 'refused', reason: { code: 'answerByPassed', message: 'It was not free by the time it was wanted.' } });
}

/** Wishes that no machine of this harness can fulfil any more are refused; the others are decided. */
function withoutLost(situation: StoredSituation, move: Move): StoredSituation {
  const lost = situation.wishes.filter(
    ({ candidates, count }) => count === 0 || candidates.length < count || candidates.some((id) => !situation.suts.has(id)),
  );
  for (const { id } of lost) {
    const row = situation.rows.get(id);
    if (row !== undefined) move(row, { event: 'refused', reason: { code: 'sutGone', message: 'A SUT that it waited for was removed.' } });
  }
  return { ...situation, wishes: situation.wishes.filter((wish) => !lost.includes(wish)) };
}

interface Settling {
  outcome: Outcome;
  situation: StoredSituation;
  changed: Changed;
  move: Move;
}

function settleWish({ store }: Pick<ReservationServices, 'store'>, { outcome, situation, changed, move }: Settling): void {
  const row = situation.rows.get(outcome.wish.id);
  if (row === undefined) return;
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: situation.suts.get(id)?.name ?? id }));
  const slot =
    outcome.slot === null
      ? null
      : { suts: named(outcome.slot.sutIds), begin: outcome.slot.begin, end: outcome.slot.end === OPEN_END ? null : outcome.slot.end };
  const inTheWay = outcome.inTheWay.map((one) => obstacleOf(one, named));
  if (outcome.kind === 'granted' && slot !== null) return move(row, { event: 'granted', slot });
  if (outcome.kind === 'refused')
    return move(row, { event: 'refused', reason: { code: 'busy', message: sentenceOfObstacles(inTheWay, situation.now) } });
  if (row.state === 'requested') move(row, { event: 'queued' });
  const waiting: Reservation['waiting'] = { position: outcome.position, expected: slot, inTheWay };
  const patch: Partial<ReservationRow> = {
    ...(JSON.stringify(waiting) === row.waiting ? {} : { waiting: JSON.stringify(waiting) }),
    ...(outcome.gapUntil === null ? {} : { gap_until: outcome.gapUntil }),
  };
  if (Object.keys(patch).length === 0) return;
  updateReservation(store, row.number, { ...patch, changed_at: situation.now });
  changed.reservations.add(row.id);
}

/** Its time has come and nobody has its SUTs any more; until then it is granted, with its machines being freed. */
function isDue({ store }: Pick<ReservationServices, 'store'>, row: StoredReservation, now: number): boolean {
  return row.begin_at !== null && row.begin_at <= now && row.suts.every(({ id }) => findHolding(store, id) === undefined);
}
