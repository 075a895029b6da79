import { effectOfEnd } from '../../../src-shared/model/reservation-end.ts';
import { OPEN_END } from '../../../src-shared/model/reservation-timeline.ts';
import { isHold, isWish, type EndReason } from '../../../src-shared/model/reservation-states.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { listLeases } from '../../store/leases.ts';
import { moveReservation } from '../../store/reservation-moves.ts';
import { findReservation, insertReservation, updateReservation, type StoredReservation } from '../../store/reservations.ts';
import type { Caller } from '../caller.ts';
import { needReservation, provisionOf } from './read-reservations.ts';
import type { ReservationServices } from './reservation-services.ts';
import { namesOf, needHolderOrMaintainer, needMaintainer } from './rights.ts';
import { readSituation, toHold, type StoredSituation } from './situation.ts';
import { obstacleOf, sentenceOfObstacle } from './words.ts';

/** Each function here is called within a transaction, and what follows from it is settled in the same one. */
type Services = Pick<ReservationServices, 'store' | 'clock' | 'policy'>;

export interface NewEnd {
  id: string;
  end?: number | undefined;
  durationMs?: number | undefined;
  open: boolean;
  overrule: boolean;
}

/** Shorter is always possible, not before now; longer only where it hurts nobody, or whom the maintainer overrules. */
export function changeEnd(services: Services, request: NewEnd, caller: Caller): void {
  const { store, clock } = services;
  const row = needReservation(store, request.id);
  needHolderOrMaintainer(store, row, caller.user);
  const now = clock.now();
  if (isWish(row.state)) return changeLength(services, row, request);
  if (row.state !== 'granted' && row.state !== 'active') throw over(row);
  const end = wantedEnd(row, request);
  if (end <= Math.max(now, row.begin_at ?? now))
    throw new WorkbenchError('BAD_REQUEST', 'This end has passed or is before the begin. Release it instead.');
  const situation = readSituation(store, { policy: services.policy(), now });
  refuseHurt(services, { row, end, situation, overrule: request.overrule }, caller);
  const known = end === OPEN_END ? { end_at: null, duration_ms: null } : { end_at: end, duration_ms: end - (row.begin_at ?? now) };
  updateReservation(store, row.number, { ...known, reminded_at: null, changed_at: now });
}

function wantedEnd(row: StoredReservation, { end, durationMs, open }: NewEnd): number {
  const given = [end, durationMs, open ? true : undefined].filter((one) => one !== undefined).length;
  if (given !== 1) throw new WorkbenchError('BAD_REQUEST', 'Give the new end, or the new duration, or no end: one of them.');
  if (open) return OPEN_END;
  return end ?? (row.begin_at ?? row.requested_at) + (durationMs ?? 0);
}

function changeLength({ store, clock }: Services, row: StoredReservation, request: NewEnd): void {
  if (request.end !== undefined && row.wanted_begin === null)
    throw new WorkbenchError('BAD_REQUEST', 'It waits, so its begin is not known. Give a duration instead of an end.');
  const length = request.open ? null : (request.durationMs ?? (request.end ?? 0) - (row.wanted_begin ?? 0));
  if (length !== null && length <= 0) throw new WorkbenchError('BAD_REQUEST', 'It would end before it begins.');
  updateReservation(store, row.number, { duration_ms: length, changed_at: clock.now() });
}

interface Longer {
  row: StoredReservation;
  end: number;
  situation: StoredSituation;
  overrule: boolean;
}

function refuseHurt({ store }: Services, { row, end, situation, overrule }: Longer, caller: Caller): void {
  const hold = toHold(row);
  if (hold === null) return;
  const { holds, waiters } = effectOfEnd(situation, hold, end);
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: situation.suts.get(id)?.name ?? id }));
  const obstacles = [
    ...holds.map((slot) => obstacleOf(slot, named)),
    ...waiters.map(({ wish }) =>
      obstacleOf({ ...wish, sutIds: wish.candidates, begin: situation.now, end: OPEN_END, kind: 'planned' }, named),
    ),
  ];
  if (obstacles.length === 0) return;
  if (overrule && holds.length === 0) return needMaintainer(store, row, caller.user);
  const sentences = obstacles.map((obstacle) => sentenceOfObstacle(obstacle, situation.now));
  throw new WorkbenchError('CONFLICT', `It cannot last that long. ${sentences.join(' ')}`, {
    details: sentences,
    reasons: obstacles.map((obstacle, index) => ({ code: 'CONFLICT', message: sentences[index] ?? '', subject: obstacle.suts[0] ?? null })),
  });
}

/** The old one ends and a new one with the same end is granted, which begins when the consoles of the old holder are gone. */
export function handOver({ store, clock }: Services, { id, to }: { id: string; to: string }, caller: Caller): string {
  const row = needReservation(store, id);
  needHolderOrMaintainer(store, row, caller.user);
  const now = clock.now();
  if (row.state !== 'active' && row.state !== 'granted') throw over(row);
  if (to === row.holder) throw new WorkbenchError('CONFLICT', `${to} holds it already.`);
  refuseWhileARunWorks({ store }, row);
  const begin = Math.max(now, row.begin_at ?? now);
  const next = newId(now);
  const durationMs = row.end_at === null ? null : row.end_at - begin;
  insertReservation(store, {
    id: next,
    holder: to,
    requestedBy: caller.user,
    suts: row.suts,
    need: null,
    purpose: row.purpose,
    priority: row.priority,
    ifBusy: 'wait',
    atEnd: row.at_end,
    endProvision: provisionOf(row.end_provision),
    wantedBegin: row.state === 'granted' ? row.begin_at : null,
    durationMs,
    answerBy: null,
    endsWithRuns: false,
    at: now,
  });
  const reason = { code: 'handedOver' as const, message: `Handed over to ${to} by ${caller.user}.` };
  if (row.state === 'granted') moveReservation(store, row, { event: 'ended', at: now, reason });
  else moveReservation(store, row, { event: 'endBegan', at: now, reason });
  const made = findReservation(store, next);
  if (made !== undefined) moveReservation(store, made, { event: 'granted', at: now, slot: { suts: row.suts, begin, end: row.end_at } });
  return next;
}

/** The harness gives a SUT on that it has provisioned. */
export function endPreparing({ store, clock }: Services, id: string, message: string): void {
  const row = findReservation(store, id);
  if (row?.state === 'active') moveReservation(store, row, { event: 'endBegan', at: clock.now(), reason: { code: 'released', message } });
}

function refuseWhileARunWorks({ store }: Pick<Services, 'store'>, { suts }: StoredReservation): void {
  const lease = listLeases(store).find(({ sutId }) => suts.some(({ id }) => id === sutId));
  if (lease === undefined) return;
  const message = `The run "${lease.runName}" works on it. Stop the run or wait for its end, then hand over.`;
  throw new WorkbenchError('SUT_BUSY', message, { details: [`run ${lease.runId}`] });
}

/** Ends a hold, cancels one that has not begun, withdraws a wish. What is over stays as it is. */
export function release({ store, clock }: Services, id: string, caller: Caller): void {
  const row = needReservation(store, id);
  needHolderOrMaintainer(store, row, caller.user);
  const at = clock.now();
  if (isWish(row.state)) moveReservation(store, row, { event: 'withdrawn', at });
  const by = caller.user === row.holder ? 'the holder' : caller.user;
  if (row.state === 'granted')
    moveReservation(store, row, { event: 'ended', at, reason: { code: 'cancelled', message: `Cancelled by ${by}.` } });
  if (row.state === 'active') beginEnding({ store }, row, { at, code: 'released', message: `Released by ${by}.` });
}

/** By who maintains all its SUTs, at any time; the holder reads the reason. */
export function force({ store, clock }: Services, { id, reason }: { id: string; reason: string }, caller: Caller): void {
  const row = needReservation(store, id);
  needMaintainer(store, row, caller.user);
  const at = clock.now();
  const message = `Taken back by ${caller.user}: ${reason}`;
  if (isWish(row.state)) moveReservation(store, row, { event: 'refused', at, reason: { code: 'policy', message } });
  if (row.state === 'granted') moveReservation(store, row, { event: 'ended', at, reason: { code: 'forced', message } });
  if (row.state === 'active') beginEnding({ store }, row, { at, code: 'forced', message });
}

/** Asked by nobody here: the right to have it is gone. */
export function revoke({ store, clock }: Services, id: string, message: string): void {
  const row = needReservation(store, id);
  const at = clock.now();
  if (isWish(row.state)) moveReservation(store, row, { event: 'refused', at, reason: { code: 'policy', message } });
  if (row.state === 'granted') moveReservation(store, row, { event: 'ended', at, reason: { code: 'revoked', message } });
  if (row.state === 'active') beginEnding({ store }, row, { at, code: 'revoked', message });
}

function beginEnding(
  { store }: Pick<Services, 'store'>,
  row: StoredReservation,
  { at, code, message }: { at: number; code: EndReason; message: string },
): void {
  moveReservation(store, row, { event: 'endBegan', at, reason: { code, message } });
}

function over(row: StoredReservation): WorkbenchError {
  const how = isHold(row.state) ? 'is ending' : 'is over';
  return new WorkbenchError('CONFLICT', `The reservation of ${namesOf(row)} ${how}. ${row.reason ?? ''}`.trim());
}
