import { z } from 'zod';
import { ReservationState } from '../model/reservation-states.ts';
import { GroupName } from '../model/hub-people.ts';
import { ReservedSut } from '../model/reservation.ts';
import { BringLimits, BroughtImage, BroughtLibrary } from '../model/bring-limits.ts';
import { RemoteConsoles } from '../model/remote-consoles.ts';
import { Run, RunOptions } from '../model/run.ts';
import { RunState } from '../model/run-states.ts';
import { Selection } from '../model/test-data.ts';
import { NO_LIMITS, ShareLimits } from '../model/share-limits.ts';
import { Id, Milliseconds, Name, PersonName, Sha256, Timestamp } from '../model/text.ts';

/** One place of a log. `body` is JSON text as it was written: both sides hash the same characters. */
export const Item = z.object({
  seq: z.number().int().positive(),
  nonce: z.string().min(16).max(64),
  kind: z.string().min(1).max(50),
  body: z.string().max(1_000_000),
});
export type Item = z.infer<typeof Item>;

/** A SUT as the hub's directory shows it: never a secret, never an endpoint. */
export const DirectorySut = z.object({
  id: Id,
  name: Name,
  tags: z.array(z.string().max(100)).max(100),
  /** Fields that are no secrets and no addresses. */
  fields: z
    .array(z.object({ key: z.string().max(100), value: z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]) }))
    .max(500),
  maintainedBy: PersonName,
  /** Who has it, if anyone; `until` null = no end. */
  heldBy: PersonName.nullable(),
  heldUntil: Timestamp.nullable(),
  inUse: z.boolean(),
  /** The sentence why nobody can have it now: maintenance or quarantine. */
  setAside: z.string().max(1000).nullable(),
  /** With whom and when it is shared. Its harness holds to that; the hub shows it. */
  limits: ShareLimits.default(NO_LIMITS),
});
export type DirectorySut = z.infer<typeof DirectorySut>;

/** A reservation as its harness has it: always the whole row, so that any later one repairs all earlier ones. */
export const ReservationFact = z.object({
  id: Id,
  /** Who asked, as the hub named them. */
  person: PersonName,
  revision: z.number().int(),
  state: ReservationState,
  reason: z.object({ code: z.string().max(50), message: z.string().max(2000) }).nullable(),
  suts: z.array(ReservedSut).max(200),
  begin: Timestamp.nullable(),
  end: Timestamp.nullable(),
  waiting: z.object({ position: z.number().int(), expectedBegin: Timestamp.nullable() }).nullable(),
  purpose: z.string().max(500).default(''),
});
export type ReservationFact = z.infer<typeof ReservationFact>;

/** `fetching`: what it needs is on its way to the harness. `refused`: it never began, and never will. */
export const RemoteRunState = z.enum(['fetching', 'refused', ...RunState.options]);
export type RemoteRunState = z.infer<typeof RemoteRunState>;

export const RunRefusal = z.object({
  code: z.string().max(50),
  message: z.string().max(2000),
  details: z.array(z.string().max(2000)).max(50),
});
export type RunRefusal = z.infer<typeof RunRefusal>;

/** A run that was asked for from afar, as its harness has it; told at every change of state. */
export const RunFact = z.object({
  id: Id,
  /** Who asked, as the hub named them. */
  person: PersonName,
  revision: z.number().int(),
  state: RemoteRunState,
  refusal: RunRefusal.nullable(),
  /** Its ids are those of the hub; null until it is a run. */
  run: Run.nullable(),
});
export type RunFact = z.infer<typeof RunFact>;

/** What a harness says. */
export const FACTS = {
  /** The first of each session: from now on mail may come. */
  open: z.object({ session: Id }),
  /** `full`: what is not in it is not shared any more. */
  directory: z.object({ full: z.boolean(), upserts: z.array(DirectorySut).max(2000), removals: z.array(Id).max(2000) }),
  /** `runs`, `bring`, `consoles`: absent from harnesses that are older than they are. */
  policy: z.object({
    paused: z.boolean(),
    runs: z.boolean().optional(),
    bring: BringLimits.optional(),
    consoles: RemoteConsoles.optional(),
  }),
  reservation: ReservationFact,
  run: RunFact,
  /** What became of a change that was asked for. */
  change: z.object({ changeId: Id, id: Id, refused: z.object({ code: z.string().max(50), message: z.string().max(2000) }).nullable() }),
} as const;
export type FactKind = keyof typeof FACTS;
export type Fact = { [Kind in FactKind]: { kind: Kind; body: z.infer<(typeof FACTS)[Kind]> } }[FactKind];

/** Who is to have a machine next: somebody of the hub, with the groups of then, or somebody whom the lab knows itself. */
export const NextHolder = z.discriminatedUnion('at', [
  z.object({ at: z.literal('hub'), person: PersonName, groups: z.array(GroupName).max(500) }),
  z.object({ at: z.literal('lab'), person: PersonName }),
]);
export type NextHolder = z.infer<typeof NextHolder>;

/** What a hub wishes. The id in it is its key for ever: known already, it is answered with the present truth. */
export const MAIL = {
  'reservation.request': z.object({
    id: Id,
    user: PersonName,
    /** Of the user, as they were when it was asked. */
    groups: z.array(GroupName).max(500).default([]),
    suts: z.array(Name).min(1).max(200),
    /** Absent = now. */
    begin: Timestamp.optional(),
    /** Absent = open-ended. */
    durationMs: Milliseconds.optional(),
    purpose: z.string().max(500),
    ifBusy: z.enum(['wait', 'refuse']),
    answerBy: Timestamp.optional(),
  }),
  /** Another end (null = none), or another holder: one of them. */
  'reservation.change': z
    .object({ changeId: Id, id: Id, user: PersonName, end: Timestamp.nullable().optional(), handTo: NextHolder.optional() })
    .refine(({ end, handTo }) => (end === undefined) !== (handTo === undefined), 'Give an end or a holder.'),
  /** Also withdraws; for an unknown id it is remembered, so that a late request is born withdrawn. */
  'reservation.end': z.object({ id: Id, user: PersonName }),
  'run.request': z.object({
    id: Id,
    user: PersonName,
    /** The hold under which it is to run. */
    reservationId: Id,
    name: Name,
    /** A zip that the hub keeps; fetched from there unless it is here already. */
    testData: z.object({ sha256: Sha256, size: z.number().int(), name: Name }),
    suts: z.array(Name).min(1).max(200),
    selection: Selection,
    condition: z.object({ name: Name, yaml: z.string().max(200_000) }).optional(),
    options: RunOptions,
    /** In the place of what the test data have at the lab. */
    libraries: z.array(BroughtLibrary).max(50).optional(),
    image: BroughtImage.optional(),
    /** An earlier run from afar whose exact revision, libraries and variables are taken again. */
    rerunOf: z.object({ id: Id, failedOnly: z.boolean() }).optional(),
  }),
  /** For an unknown id it is remembered, so that a late request never begins. */
  'run.stop': z.object({ id: Id, user: PersonName, now: z.boolean() }),
  'user.off': z.object({ user: PersonName }),
  'user.on': z.object({ user: PersonName }),
} as const;
export type MailKind = keyof typeof MAIL;
export type Mail = { [Kind in MailKind]: { kind: Kind; body: z.infer<(typeof MAIL)[Kind]> } }[MailKind];

/** The fact or wish in an item; null where this version does not know the kind or the body does not fit. */
export function readFact(item: Pick<Item, 'kind' | 'body'>): Fact | null {
  return read(FACTS, item) as Fact | null;
}

export function readMail(item: Pick<Item, 'kind' | 'body'>): Mail | null {
  return read(MAIL, item) as Mail | null;
}

function read(kinds: Readonly<Record<string, z.ZodType>>, { kind, body }: Pick<Item, 'kind' | 'body'>): unknown {
  const schema = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (schema === undefined) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success ? { kind, body: parsed.data } : null;
  } catch {
    return null;
  }
}
