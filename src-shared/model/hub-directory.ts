import { z } from 'zod';
import { BringLimits } from './bring-limits.ts';
import { EnrolmentState } from '../protocol/link-states.ts';
import { DirectorySut } from '../protocol/items.ts';
import { RemoteConsoles } from './remote-consoles.ts';
import { ReservationState } from './reservation-states.ts';
import { Id, Name, Timestamp } from './text.ts';

/** A harness as the people of the hub see it. */
export const HubHarness = z.object({
  id: Id,
  name: Name,
  state: EnrolmentState,
  /** Of its key: who approves it compares this with the page Hub on that machine. */
  fingerprint: z.string(),
  /** Heard within the last half minute. */
  up: z.boolean(),
  heardAt: Timestamp.nullable(),
  /** Grants no new reservations now. */
  paused: z.boolean(),
  /** Whether it runs what people bring, what they may bring besides suites, and what they may do with consoles; null = not said (an older harness). */
  policy: z
    .object({ runs: z.boolean().nullable(), bring: BringLimits.nullable(), consoles: RemoteConsoles.nullable().default(null) })
    .nullable(),
  /** Another home has shown the same key with another history; until a person has decided, neither is believed. */
  doubtSince: Timestamp.nullable(),
  /** Its clock minus the hub's, in milliseconds. */
  clockOffset: z.number().int(),
  appVersion: z.string(),
  suts: z.number().int(),
  free: z.number().int(),
  /** Wishes that it has not taken yet. */
  waitingMail: z.number().int(),
});
export type HubHarness = z.infer<typeof HubHarness>;

/** A machine of some lab, with what its harness last said of it. */
export const HubSut = DirectorySut.extend({
  harnessId: Id,
  harness: Name,
  up: z.boolean(),
  heardAt: Timestamp.nullable(),
  /** Of the lab's clocks (IANA); empty where the lab does not say. */
  zone: z.string(),
});
export type HubSut = z.infer<typeof HubSut>;

/** Machines under one harness that fit a need, as far as the hub knows; the lab decides when it is asked for them. */
export const HubOffer = z.object({
  harnessId: Id,
  harness: Name,
  up: z.boolean(),
  /** As many as are needed, by name. */
  suts: z.array(Name),
  /** Nobody is known to have any of them then. */
  free: z.boolean(),
  /** Machines there that fit, taken ones included. */
  fitting: z.number().int(),
});
export type HubOffer = z.infer<typeof HubOffer>;

/** A reservation that somebody of the hub asked for. What `reads` is made of is all here; nothing is granted that no harness granted. */
export const HubReservation = z.object({
  id: Id,
  harnessId: Id,
  harness: Name,
  person: z.string(),
  suts: z.array(Name),
  purpose: z.string(),
  askedAt: Timestamp,
  /** Null = the harness has said nothing yet. */
  state: ReservationState.nullable(),
  reason: z.string().nullable(),
  begin: Timestamp.nullable(),
  end: Timestamp.nullable(),
  waiting: z.object({ position: z.number().int(), expectedBegin: Timestamp.nullable() }).nullable(),
  delivered: z.boolean(),
  endAskedAt: Timestamp.nullable(),
  changeAskedAt: Timestamp.nullable(),
  /** Why the last change that was asked for was refused. */
  changeRefused: z.string().nullable(),
  lab: z.enum(['up', 'down', 'doubt', 'removed']),
  heardAt: Timestamp.nullable(),
  /** What its lab lets its holder do with the consoles of its machines. */
  consoles: RemoteConsoles,
  /** Nothing more comes of it. */
  over: z.boolean(),
});
export type HubReservation = z.infer<typeof HubReservation>;
