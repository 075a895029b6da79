import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ReservationState } from '../../model/reservation-states.ts';
import { BoardRun, FreeSlot, Need, Reservation, ReservationRequest } from '../../model/reservation.ts';
import { Id, Milliseconds, Name, PersonName, Timestamp } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Reservations'] };
const ById = z.object({ id: Id });
const Reason = z.string().trim().max(500);

const CalendarLinkState = z.object({ madeAt: Timestamp.nullable() });

/** All times are of the harness: they never go back. `now` lets a page draw its now-line by the harness's clock. */
export const BoardFeed = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    seq: z.number().int(),
    now: Timestamp,
    /** Everything alive, and what ended within the window. */
    reservations: z.array(Reservation),
    runs: z.array(BoardRun),
    clock: z.object({ doubtUntil: Timestamp.nullable(), aheadMs: Milliseconds }),
  }),
  /** Rows that changed, whole. `runs` is the new list. */
  z.object({
    type: z.literal('changed'),
    seq: z.number().int(),
    now: Timestamp,
    reservations: z.array(Reservation),
    runs: z.array(BoardRun),
    clock: z.object({ doubtUntil: Timestamp.nullable(), aheadMs: Milliseconds }),
  }),
]);
export type BoardFeed = z.infer<typeof BoardFeed>;

export const reservations = {
  /** Newest first. `mine` = held by the caller; `alive` leaves out what is over. */
  list: procedure
    .route({ method: 'GET', path: '/reservations', ...tag })
    .input(
      z.object({
        sut: Name.optional(),
        holder: PersonName.optional(),
        mine: z.boolean().default(false),
        alive: z.boolean().default(true),
        states: z.array(ReservationState).optional(),
        limit: z.coerce.number().int().min(1).max(2000).default(500),
      }),
    )
    .output(z.array(Reservation)),
  get: procedure
    .route({ method: 'GET', path: '/reservations/{id}', ...tag })
    .input(ById)
    .output(Reservation),
  /**
   * Granted at once, granted for later, or waiting; all SUTs or none. Refused with BAD_REQUEST when its times contradict each other,
   * NOT_FOUND for unknown SUTs, CONFLICT for members of the test environment, NOT_RESERVED when it is busy and `ifBusy` is `refuse`
   * (`reasons`: who is in the way on which SUT until when).
   */
  request: procedure
    .route({ method: 'POST', path: '/reservations', ...tag })
    .input(ReservationRequest)
    .output(Reservation),
  /**
   * Another end: any two of begin, end and duration still hold, so a duration counts from the begin. Shorter is always possible;
   * longer is refused with CONFLICT and the names of those it would make late. `overrule`: the maintainer of all its SUTs makes those
   * who only wait later; granted holds are never overruled.
   */
  changeEnd: procedure
    .route({ method: 'PUT', path: '/reservations/{id}/end', ...tag })
    .input(
      z.object({
        id: Id,
        end: Timestamp.optional(),
        durationMs: Milliseconds.optional(),
        open: z.boolean().default(false),
        overrule: z.boolean().default(false),
      }),
    )
    .output(Reservation),
  /** A new reservation of the colleague with the same end; refused with SUT_BUSY while a run works. Answers the new one. */
  handOver: procedure
    .route({ method: 'POST', path: '/reservations/{id}/hand-over', ...tag })
    .input(z.object({ id: Id, to: PersonName }))
    .output(Reservation),
  /** By holder or maintainer: ends a hold (stopping its runs), cancels one that has not begun, withdraws a wish. */
  release: procedure
    .route({ method: 'POST', path: '/reservations/{id}/release', ...tag })
    .input(ById)
    .output(Reservation),
  /** By the maintainer of all its SUTs, at any time: ends it with a reason that the holder reads. */
  force: procedure
    .route({ method: 'POST', path: '/reservations/{id}/force', ...tag })
    .input(z.object({ id: Id, reason: Reason.min(1, 'Say why: the holder reads it.') }))
    .output(Reservation),
  /** Times from `from` (absent: now) at which all wanted SUTs are free together; respects holds and those who wait. */
  freeSlots: procedure
    .route({ method: 'POST', path: '/reservations/free-slots', ...tag })
    .input(
      z.object({
        suts: z.array(Name).max(200).default([]),
        need: Need.optional(),
        from: Timestamp.optional(),
        /** Absent = without end. */
        durationMs: Milliseconds.optional(),
        count: z.number().int().min(1).max(50).default(5),
      }),
    )
    .output(z.array(FreeSlot)),
  /** Everything alive and what ended after `from`, then each change. */
  watch: procedure
    .route({ method: 'GET', path: '/reservations/watch', ...tag })
    .input(z.object({ from: Timestamp }))
    .output(eventIterator(BoardFeed)),
  /** iCal (RFC 5545) of what is granted or active: of one person, of some SUTs, or all. */
  calendar: procedure
    .route({ method: 'GET', path: '/reservations/calendar', ...tag })
    .input(z.object({ holder: PersonName.optional(), suts: z.array(Name).optional() }))
    .output(z.object({ fileName: z.string(), text: z.string() })),
  /** Whether calendars may read the reservations without a login, and since when. */
  calendarLink: procedure.route({ method: 'GET', path: '/reservations/calendar-link', ...tag }).output(CalendarLinkState),
  /** A new address for calendars on this computer, shown this once; the one before does not open any more. */
  makeCalendarLink: procedure
    .route({ method: 'POST', path: '/reservations/calendar-link', ...tag })
    .output(CalendarLinkState.extend({ address: z.string() })),
  removeCalendarLink: procedure.route({ method: 'DELETE', path: '/reservations/calendar-link', ...tag }).output(CalendarLinkState),
  /** The clock of this computer was set forward: a person says that the new time is right, so that begins and ends go by it now. */
  trustClock: procedure.route({ method: 'POST', path: '/reservations/trust-clock', ...tag }).output(z.object({ now: Timestamp })),
};
