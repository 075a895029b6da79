import { z } from 'zod';
import { EndReason, RefuseReason, ReservationState } from './reservation-states.ts';
import { Id, Milliseconds, Name, PersonName, Timestamp } from './text.ts';

/** SUTs by what they are instead of by name: `count` of those that have all tags and all fields. */
export const Need = z.object({
  tags: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
  fields: z
    .array(
      z.object({
        key: z.string().min(1).max(100),
        is: z.enum(['equal', 'atLeast', 'atMost']),
        value: z.union([z.string().max(1000), z.number(), z.boolean()]),
      }),
    )
    .max(50)
    .default([]),
  count: z.number().int().min(1).max(200).default(1),
});
export type Need = z.infer<typeof Need>;

/** What is done with the SUTs when the hold ends, before the next holder has them. */
export const AtEnd = z.enum(['nothing', 'powerOff', 'provision']);
export type AtEnd = z.infer<typeof AtEnd>;

/** A built-in recipe by its name, and an image of the library, where the recipe needs one. */
export const ProvisionAtEnd = z.object({ recipe: z.string().trim().min(1).max(500), image: Name.nullable().default(null) });
export type ProvisionAtEnd = z.infer<typeof ProvisionAtEnd>;

/** Who holds a machine between two people, while it is provisioned. */
export const WORKBENCH = 'ATN Workbench';

/** Who or what keeps a reservation from a SUT. */
export const Obstacle = z.object({
  reservationId: Id,
  holder: PersonName,
  /** Names of the SUTs. */
  suts: z.array(z.string()),
  begin: Timestamp,
  /** Null = it has no end. */
  end: Timestamp.nullable(),
  /** A granted hold, the planned slot of somebody who waits, or a machine that `holder` has set aside. */
  kind: z.enum(['hold', 'planned', 'setAside']),
  /** Set aside: why, as a sentence. */
  why: z.string().optional(),
});
export type Obstacle = z.infer<typeof Obstacle>;

/** The name is as it was when the reservation was made; a SUT that was removed since keeps it. */
export const ReservedSut = z.object({ id: Id, name: z.string() });
export type ReservedSut = z.infer<typeof ReservedSut>;

/** A person's hold on SUTs, from the wish to its end. Each answer is the whole row; a higher `revision` is newer. */
export const Reservation = z.object({
  id: Id,
  revision: z.number().int(),
  holder: PersonName,
  /** Who asked; another than the holder where somebody reserves for a colleague. */
  requestedBy: PersonName,
  /** Empty while it waits by need. */
  suts: z.array(ReservedSut),
  need: Need.nullable(),
  purpose: z.string(),
  /** Its class, higher goes first; waiting raises it by one each 24 hours. */
  priority: z.number().int(),
  ifBusy: z.enum(['wait', 'refuse']),
  atEnd: AtEnd,
  /** With `provision` at the end: what it is provisioned with, before the next one has it. */
  provision: ProvisionAtEnd.nullable(),
  /** A hold of the workbench itself: the machine is being provisioned with this, because the one before asked for it. */
  preparing: ProvisionAtEnd.nullable(),
  state: ReservationState,
  /** Why it is refused or over, and the sentence for people. */
  reason: z.object({ code: z.union([EndReason, RefuseReason]), message: z.string() }).nullable(),
  /** The begin that was asked for; null = as soon as possible. */
  wantedBegin: Timestamp.nullable(),
  /** Null = open-ended. */
  durationMs: Milliseconds.nullable(),
  /** Of the hold; null while it has none. */
  begin: Timestamp.nullable(),
  /** Null while it has none, and for an open-ended hold. When it ended earlier than granted, that moment. */
  end: Timestamp.nullable(),
  /** While it waits: place among those who wait for the same SUTs (1 = next), the planned slot (null = waits for a hold without end). */
  waiting: z
    .object({
      position: z.number().int(),
      expected: z.object({ begin: Timestamp, end: Timestamp.nullable(), suts: z.array(ReservedSut) }).nullable(),
      inTheWay: z.array(Obstacle),
    })
    .nullable(),
  /** Made by "reserve and run": ends by itself when the holder has no run left on its SUTs. */
  endsWithRuns: z.boolean(),
  requestedAt: Timestamp,
  changedAt: Timestamp,
});
export type Reservation = z.infer<typeof Reservation>;

const Purpose = z.string().trim().max(500);

/** Wanted SUTs: by `suts` (names) or by `need`, one of both. Times as `resolveTimes` says: any two of begin, end, duration, or `open`. */
export const ReservationRequest = z.object({
  /** uuidv7 of the asker; asked again it answers what became of the first one. */
  id: Id.optional(),
  suts: z.array(Name).max(200).default([]),
  need: Need.optional(),
  /** Absent = now. */
  begin: Timestamp.optional(),
  end: Timestamp.optional(),
  durationMs: Milliseconds.optional(),
  open: z.boolean().default(false),
  purpose: Purpose.default(''),
  priority: z.number().int().min(-9).max(9).default(0),
  ifBusy: z.enum(['wait', 'refuse']).default('wait'),
  atEnd: AtEnd.default('nothing'),
  /** Needed for `provision` at the end, and only there. */
  provision: ProvisionAtEnd.optional(),
  /** For a colleague; the caller when left out. */
  holder: PersonName.optional(),
  /** Gives up waiting at this moment; only for who waits. */
  answerBy: Timestamp.optional(),
});
export type ReservationRequest = z.input<typeof ReservationRequest>;

/** A time at which all wanted SUTs are free together. `end` null = until further notice. */
export const FreeSlot = z.object({ begin: Timestamp, end: Timestamp.nullable(), suts: z.array(ReservedSut) });
export type FreeSlot = z.infer<typeof FreeSlot>;

/** A run as the board draws it inside its hold. */
export const BoardRun = z.object({
  id: Id,
  name: z.string(),
  startedBy: PersonName,
  sutIds: z.array(Id),
  startedAt: Timestamp,
  /** Null while it runs. */
  endedAt: Timestamp.nullable(),
  expectedEndAt: Timestamp.nullable(),
});
export type BoardRun = z.infer<typeof BoardRun>;

/** Somebody who may hold or maintain machines. */
export const Person = z.object({
  name: PersonName,
  /** How to reach them: mail, telephone, chat; free text. */
  contact: z.string().max(500),
  /** `self` = who uses this app, `listed` = kept in the list, `seen` = holds or maintains something but is not in the list. */
  known: z.enum(['self', 'listed', 'seen']),
});
export type Person = z.infer<typeof Person>;
