import type { z } from 'zod';
import type { ProvisionAtEnd, ReservationRequest as RequestSchema, ReservedSut } from '../../../src-shared/model/reservation.ts';
import { resolveTimes } from '../../../src-shared/model/reservation-times.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findReservation, insertReservation, type NewReservation } from '../../store/reservations.ts';
import { findSutByName, listSuts } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import type { ReservationServices } from './reservation-services.ts';
import { candidatesOf } from './situation.ts';

export type ReservationWish = z.output<typeof RequestSchema>;
type Wanted = Pick<ReservationWish, 'suts' | 'need'>;

/**
 * Writes the wish as `requested`; what becomes of it is decided by `settle` in the same transaction of the caller. Answers its id. The
 * same id never makes a second reservation.
 */
export function writeWish({ store, clock }: ReservationServices, request: ReservationWish, caller: Caller): string {
  const now = clock.now();
  if (request.id !== undefined && findReservation(store, request.id) !== undefined) return request.id;
  const provision = wantedProvision(request);
  const times = resolveTimes(request, now);
  if ('problem' in times) throw new WorkbenchError('BAD_REQUEST', times.problem);
  const wish: NewReservation = {
    id: request.id ?? newId(now),
    holder: request.holder ?? caller.user,
    requestedBy: caller.user,
    suts: wantedSuts(store, request),
    need: request.need ?? null,
    purpose: request.purpose,
    priority: request.priority,
    ifBusy: request.ifBusy,
    atEnd: request.atEnd === 'provision' ? 'nothing' : request.atEnd,
    endProvision: provision,
    wantedBegin: times.begin,
    durationMs: times.durationMs,
    answerBy: request.answerBy ?? null,
    endsWithRuns: false,
    at: now,
  };
  insertReservation(store, wish);
  return wish.id;
}

function wantedProvision({ atEnd, provision }: ReservationWish): ProvisionAtEnd | null {
  if ((atEnd === 'provision') === (provision !== undefined)) return provision ?? null;
  throw new WorkbenchError('BAD_REQUEST', 'To provision at the end, choose that and name the recipe: both or none.');
}

/** The named SUTs, or none where a need describes them; refused when they cannot be had at all. */
export function wantedSuts(store: ReadableStore, { suts, need }: Wanted): ReservedSut[] {
  if (suts.length > 0 === (need !== undefined))
    throw new WorkbenchError('BAD_REQUEST', 'Name the SUTs, or say what they must be like: one of both.');
  if (need !== undefined) {
    const fitting = candidatesOf(need, listSuts(store)).length;
    if (fitting >= need.count) return [];
    const found = fitting === 0 ? 'No SUT here is' : `Only ${fitting} of the ${need.count} SUTs wanted ${fitting === 1 ? 'is' : 'are'}`;
    throw new WorkbenchError('NOT_FOUND', `${found} like that. Ask for less.`);
  }
  return namedSuts(store, suts);
}

function namedSuts(store: ReadableStore, names: readonly string[]): ReservedSut[] {
  const found = [...new Set(names)].map((name) => ({ name, sut: findSutByName(store, name) }));
  const unknown = found.filter(({ sut }) => sut === undefined).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new WorkbenchError('NOT_FOUND', `There is no SUT named ${unknown.join(', ')}.`, {
      reasons: unknown.map((name) => ({ code: 'NOT_FOUND', message: `There is no SUT named ${name}.`, subject: name })),
    });
  }
  const suts = found.flatMap(({ sut }) => sut ?? []);
  const environment = suts.filter(({ role }) => role === 'environment').map(({ name }) => name);
  if (environment.length > 0)
    throw new WorkbenchError(
      'CONFLICT',
      `${environment.join(', ')}: part of the test environment. Every test may use it, so nobody holds it.`,
    );
  return [...new Map(suts.map(({ id, name }) => [id, { id, name }])).values()];
}
