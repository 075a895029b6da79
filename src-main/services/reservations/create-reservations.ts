import type { ErrorData } from '../../../src-shared/contract/errors.ts';
import type { BoardRun, FreeSlot, Reservation } from '../../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../../errors.ts';
import { listBoardRuns } from '../../store/board-runs.ts';
import { listLiveReservations, type ReservationFilter } from '../../store/reservations.ts';
import type { Caller } from '../caller.ts';
import { readCalendar, type CalendarWish } from './calendar.ts';
import { changeEnd, endPreparing, force, handOver, release, revoke, type NewEnd } from './change-reservation.ts';
import { Freeing } from './freeing.ts';
import { freeSlots, type SlotQuestion } from './free-slots.ts';
import { nextMoment } from './next-moment.ts';
import { Preparing } from './preparing.ts';
import { readReservation, readReservations } from './read-reservations.ts';
import { remind } from './remind.ts';
import { endHoldsOfRun, keepHoldsOfRun, reasonsAgainst, reserveForRun, type RunWish } from './run-holds.ts';
import { writeWish, type ReservationWish } from './request-reservation.ts';
import { announce, nothingChanged, type Changed, type ReservationServices } from './reservation-services.ts';
import { settle } from './settle-reservations.ts';

/** Reservations as faces ask for them, and as compose.ts joins them to runs and SUTs. */
export interface Reservations {
  list(filter: ReservationFilter): Reservation[];
  get(id: string): Reservation;
  /** Runs with SUTs that had begun and were not over before `from`, UTC ms. */
  boardRuns(from: number): BoardRun[];
  calendar(wish: Omit<CalendarWish, 'now'>): { fileName: string; text: string };
  request(wish: ReservationWish, caller: Caller): Reservation;
  changeEnd(request: NewEnd, caller: Caller): Reservation;
  handOver(request: { id: string; to: string }, caller: Caller): Reservation;
  release(id: string, caller: Caller): Reservation;
  force(request: { id: string; reason: string }, caller: Caller): Reservation;
  /** Ends what remote people have, because their hub or they themselves may not have it any more. What is over stays as it is. */
  revoke(ids: readonly string[], message: string): void;
  freeSlots(question: SlotQuestion): FreeSlot[];
  /** What runs need: see `run-holds.ts`. The second and third are called within the transaction of a run. */
  reasonsAgainst(wish: RunWish): ErrorData['reasons'];
  reserveForRun(wish: RunWish & { runName: string }): void;
  endHoldsOfRun(run: number, at: number): void;
  /** Before `endHoldsOfRun`, in the same transaction. */
  keepHoldsOfRun(run: { starter: string; sutIds: readonly string[]; atEnd: 'nothing' | 'powerOff' }, until: number): void;
  /** Tells what these have changed, once their transaction is written. */
  tell(): void;
  /** Brings the store up to date. To be called once before runs go on, so that nothing begins on a hold that has ended meanwhile. */
  settle(): void;
  /** Begins to act: timers, and the deeds that ending holds need. */
  start(): void;
  close(): void;
}

/** Looks again at least so often: the wall clock may be set, the computer may sleep. */
const LONGEST_SLEEP_MS = 30_000;

export function createReservations(services: ReservationServices): Reservations {
  return new Engine(services);
}

class Engine implements Reservations {
  readonly #services: ReservationServices;
  readonly #freeing: Freeing;
  readonly #preparing: Preparing;
  /** Written in a transaction of somebody else, not told yet. */
  #pending = nothingChanged();
  #timer: NodeJS.Timeout | undefined;
  #acting = false;

  constructor(services: ReservationServices) {
    this.#services = services;
    this.#freeing = new Freeing(services, () => this.settle());
    this.#preparing = new Preparing(services, (id, message) => this.#prepared(id, message));
  }

  list(filter: ReservationFilter): Reservation[] {
    return readReservations(this.#services.store, filter);
  }

  get(id: string): Reservation {
    return readReservation(this.#services.store, id);
  }

  boardRuns(from: number): BoardRun[] {
    return listBoardRuns(this.#services.store, from);
  }

  calendar(wish: Omit<CalendarWish, 'now'>): { fileName: string; text: string } {
    return readCalendar(this.#services.store, { ...wish, now: this.#services.clock.now() });
  }

  request(wish: ReservationWish, caller: Caller): Reservation {
    const id = this.#within(() => writeWish(this.#services, wish, caller));
    const reservation = this.get(id);
    if (reservation.state !== 'refused') return reservation;
    const message = reservation.reason?.message ?? 'It is not free.';
    throw new WorkbenchError('NOT_RESERVED', message, {
      details: [`reservation ${id}`],
      reasons: [{ code: 'NOT_RESERVED', message, subject: reservation.suts[0]?.name ?? null }],
    });
  }

  changeEnd(request: NewEnd, caller: Caller): Reservation {
    this.#within(() => changeEnd(this.#services, request, caller), request.id);
    return this.get(request.id);
  }

  handOver(request: { id: string; to: string }, caller: Caller): Reservation {
    return this.get(this.#within(() => handOver(this.#services, request, caller), request.id));
  }

  release(id: string, caller: Caller): Reservation {
    this.#within(() => release(this.#services, id, caller), id);
    return this.get(id);
  }

  force(request: { id: string; reason: string }, caller: Caller): Reservation {
    this.#within(() => force(this.#services, request, caller), request.id);
    return this.get(request.id);
  }

  revoke(ids: readonly string[], message: string): void {
    for (const id of ids) this.#within(() => revoke(this.#services, id, message), id);
  }

  #prepared(id: string, message: string): void {
    if (this.#acting) this.#within(() => endPreparing(this.#services, id, message), id);
  }

  freeSlots(question: SlotQuestion): FreeSlot[] {
    return freeSlots(this.#services, question);
  }

  reasonsAgainst(wish: RunWish): ErrorData['reasons'] {
    return reasonsAgainst(this.#services, wish);
  }

  reserveForRun(wish: RunWish & { runName: string }): void {
    this.#remember(reserveForRun(this.#services, wish));
  }

  endHoldsOfRun(run: number, at: number): void {
    this.#remember(endHoldsOfRun(this.#services, run, at));
  }

  keepHoldsOfRun(run: { starter: string; sutIds: readonly string[]; atEnd: 'nothing' | 'powerOff' }, until: number): void {
    this.#remember(keepHoldsOfRun(this.#services, run, until));
  }

  tell(): void {
    if (this.#pending.reservations.size > 0) this.settle();
  }

  #remember({ reservations, suts }: Changed): void {
    for (const id of reservations) this.#pending.reservations.add(id);
    for (const id of suts) this.#pending.suts.add(id);
  }

  #within<T>(write: () => T, id?: string): T {
    const touched = nothingChanged();
    const { result, changed } = this.#services.store.transaction(() => {
      const result = write();
      if (id !== undefined) this.#touch(touched, id);
      return { result, changed: this.#settled() };
    })();
    if (typeof result === 'string') this.#touch(touched, result);
    this.#afterwards(touched, changed);
    return result;
  }

  settle(): void {
    this.#afterwards(this.#settled());
  }

  start(): void {
    this.#acting = true;
    this.#afterwards(this.#settled());
  }

  close(): void {
    this.#acting = false;
    clearTimeout(this.#timer);
    this.#freeing.close();
  }

  #settled(): Changed {
    const now = this.#services.clock.now();
    return settle(this.#services, { now, isFreed: (reservation) => this.#freeing.isFreed(reservation) });
  }

  #touch(changed: Changed, id: string): void {
    const found = readReservations(this.#services.store, { ids: [id], limit: 1 })[0];
    if (found === undefined) return;
    changed.reservations.add(id);
    for (const sut of found.suts) changed.suts.add(sut.id);
  }

  /** Everything that follows from a transaction once it is written. */
  #afterwards(...changes: Changed[]): void {
    for (const changed of changes) this.#remember(changed);
    const all = this.#pending;
    this.#pending = nothingChanged();
    announce(this.#services, all);
    if (!this.#acting) return;
    const { store, clock } = this.#services;
    const live = listLiveReservations(store);
    remind(this.#services, live);
    this.#freeing.act(live.filter(({ state }) => state === 'ending'));
    this.#preparing.act(live);
    clearTimeout(this.#timer);
    const due = nextMoment(live, { policy: this.#services.policy(), now: clock.now() });
    const wait = due === null ? LONGEST_SLEEP_MS : Math.min(LONGEST_SLEEP_MS, Math.max(0, due - clock.now()));
    if (live.length > 0) this.#timer = setTimeout(() => this.settle(), wait).unref();
  }
}
