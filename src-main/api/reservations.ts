import { implement } from '@orpc/server';
import type { BoardFeed } from '../../src-shared/contract/harness/reservations.ts';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ErrorData } from '../../src-shared/contract/errors.ts';
import type { ProvisionAtEnd } from '../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../errors.ts';
import type { ApiContext } from '../harness.ts';
import type { Changes } from '../changes.ts';
import type { HarnessClock } from '../clock.ts';
import type { CalendarLink } from '../services/reservations/calendar-link.ts';
import type { Reservations } from '../services/reservations/create-reservations.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

export interface ReservationPartServices {
  changes: Changes;
  clock: HarnessClock;
  reservations: Reservations;
  link: CalendarLink;
  /** Why machines cannot be provisioned like this; `sut` names what it is about. */
  provisionReasons(wish: { provision: ProvisionAtEnd; suts: readonly string[] }): Promise<ErrorData['reasons']>;
  /** `http://127.0.0.1:PORT` under which this harness is reached; null before it listens. */
  address(): string | null;
}

export function reservationsPart(services: ReservationPartServices): Part<'reservations'> {
  const { reservations, clock, link } = services;
  const procedures = implement(harnessContract.reservations).$context<ApiContext>();
  return {
    list: procedures.list.handler(({ input: { mine, holder, ...filter }, context }) =>
      reservations.list({ ...filter, holder: mine ? context.caller.user : holder }),
    ),
    get: procedures.get.handler(({ input }) => reservations.get(input.id)),
    request: procedures.request.handler(async ({ input, context }) => {
      const reasons =
        input.provision === undefined ? [] : await services.provisionReasons({ provision: input.provision, suts: input.suts });
      const [first] = reasons;
      if (first !== undefined) throw new WorkbenchError('BAD_REQUEST', first.message, { reasons });
      return reservations.request(input, context.caller);
    }),
    changeEnd: procedures.changeEnd.handler(({ input, context }) => reservations.changeEnd(input, context.caller)),
    handOver: procedures.handOver.handler(({ input, context }) => reservations.handOver(input, context.caller)),
    release: procedures.release.handler(({ input, context }) => reservations.release(input.id, context.caller)),
    force: procedures.force.handler(({ input, context }) => reservations.force(input, context.caller)),
    freeSlots: procedures.freeSlots.handler(({ input }) => reservations.freeSlots(input)),
    watch: procedures.watch.handler(({ input, signal }) => boardFeed(services, input.from, signal)),
    calendar: procedures.calendar.handler(({ input }) => reservations.calendar(input)),
    calendarLink: procedures.calendarLink.handler(() => ({ madeAt: link.madeAt() })),
    makeCalendarLink: procedures.makeCalendarLink.handler(() => {
      const address = `${services.address() ?? ''}${link.make()}`;
      return { address, madeAt: link.madeAt() };
    }),
    removeCalendarLink: procedures.removeCalendarLink.handler(() => {
      link.remove();
      return { madeAt: null };
    }),
    trustClock: procedures.trustClock.handler(() => {
      clock.trust();
      reservations.settle();
      return { now: clock.now() };
    }),
  };
}

/** At most this much is sent at once: a board of a month in a busy lab. */
const MOST = 2000;

/** Everything in the window, then the rows that changed; which ids wait is all that a slow reader can pile up. */
function boardFeed({ changes, clock, reservations }: ReservationPartServices, from: number, signal: AbortSignal | undefined) {
  let seq = 0;
  const around = () => {
    const doubt = clock.doubt();
    return {
      now: clock.now(),
      runs: reservations.boardRuns(from),
      clock: { doubtUntil: doubt?.until ?? null, aheadMs: doubt?.aheadMs ?? 0 },
    };
  };
  return coalescedFeed<{ ids: string[] }, Set<string>, BoardFeed>({
    listen: (listener) => {
      const stops = [changes.on('reservations:changed', listener), changes.on('runs:changed', () => listener({ ids: [] }))];
      return () => stops.forEach((stop) => stop());
    },
    first: () => ({ type: 'snapshot', seq, reservations: reservations.list({ since: from, limit: MOST }), ...around() }),
    merge: (pending = new Set(), { ids }) => new Set([...pending, ...ids]),
    take: (pending) => {
      seq += 1;
      const rows = pending.size === 0 ? [] : reservations.list({ ids: [...pending], limit: MOST });
      return { type: 'changed', seq, reservations: rows, ...around() };
    },
    signal,
    pauseMs: 100,
  });
}
