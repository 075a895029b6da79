import { z } from 'zod';
import { Artefact, Run } from '../model/run.ts';
import { Id, Name, Sha256, Timestamp } from '../model/text.ts';
import { Item } from './items.ts';

/** Versions of the protocol that this build speaks; the highest common one is taken. */
export const VERSIONS = { min: 1, max: 1 } as const;

/** Where a hub takes enrolments (POST) and links (socket). */
export const ENROL_PATH = '/api/link/enrol';
export const SOCKET_PATH = '/api/link/socket';
/** Where a harness fetches contents by hash, and brings what its remote runs came to. It shows its id and its session. */
export const CONTENT_PATH = '/api/link/contents';
export const PUBLISH_PATH = '/api/link/runs';
export const HARNESS_HEADER = 'x-atn-harness';

/** A heartbeat goes out so often; a link that is silent for longer than the second is down. */
export const HEARTBEAT_MS = 10_000;
export const SILENCE_MS = 25_000;
/** So much is sent at once. */
export const WINDOW_ITEMS = 64;

const Chain = z.string().max(64);
const Signature = z.string().min(1).max(200);
const Seq = z.number().int().nonnegative();

/** What a harness signs with the key that it made. */
export const enrolText = (code: string, publicKey: string) => `atn enrol ${code} ${publicKey}`;
export const helloText = (challenge: string, harnessId: string, storeGen: string) => `atn hello ${challenge} ${harnessId} ${storeGen}`;

/** Key = `publicKey`: asked again, it is answered the same. */
export const Enrol = z.object({
  code: z.string().trim().min(1).max(100),
  /** Ed25519, SPKI as base64. */
  publicKey: z.string().min(1).max(200),
  signature: Signature,
  name: Name,
  machineMark: z.string().max(64),
  appVersion: z.string().max(50),
});
export type Enrol = z.infer<typeof Enrol>;
export const Enrolled = z.object({ harnessId: Id, hubName: Name });
export type Enrolled = z.infer<typeof Enrolled>;

export const REFUSALS = ['version', 'key', 'revoked', 'fenced', 'notApproved'] as const;
export const Refused = z.object({
  kind: z.literal('refused'),
  code: z.enum(REFUSALS),
  message: z.string().max(1000),
  versions: z.object({ min: z.number().int(), max: z.number().int() }),
});
export type Refused = z.infer<typeof Refused>;

/** The first word of the hub on every connection. */
export const Challenge = z.object({ challenge: z.string().min(16).max(100) });

export const Hello = z.object({
  versions: z.object({ min: z.number().int(), max: z.number().int() }),
  harnessId: Id,
  signature: Signature,
  storeGen: Id,
  /** Starts of this home's process; for people only. */
  incarnation: z.number().int(),
  /** Items in the outbox, and how many of them the hub has counted as far as the harness knows. */
  head: Seq,
  acked: Seq,
  mail: z.object({ gen: Id.nullable(), seq: Seq, chain: Chain }),
  clock: Timestamp,
  appVersion: z.string().max(50),
  /** The time zone of the lab's clocks (IANA), for people only. */
  zone: z.string().max(64).default(''),
});
export type Hello = z.infer<typeof Hello>;

/** Show that you have this item of your outbox. */
export const Prove = z.object({ kind: z.literal('prove'), seq: Seq });
/** Null = the home has no such item. */
export const Proof = z.object({ chain: Chain.nullable() });

export const Welcome = z.object({
  kind: z.literal('welcome'),
  version: z.number().int(),
  session: Id,
  /** Where facts go on; may lie behind what was acknowledged. */
  seq: Seq,
  mailGen: Id,
  clock: Timestamp,
});
export type Welcome = z.infer<typeof Welcome>;

export const Facts = z.object({ session: Id, storeGen: Id, before: Chain, items: z.array(Item).min(1).max(WINDOW_ITEMS) });
export type Facts = z.infer<typeof Facts>;
/** Durable up to and with `seq`, applied or set aside. */
export const FactsAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('counted'), seq: Seq }),
  z.object({ kind: z.literal('overtaken') }),
]);
export type FactsAnswer = z.infer<typeof FactsAnswer>;

export const MailBatch = z.object({ session: Id, mailGen: Id, items: z.array(Item).min(1).max(WINDOW_ITEMS) });
export type MailBatch = z.infer<typeof MailBatch>;
export const MailAnswer = z.object({ mailGen: Id, seq: Seq });
export type MailAnswer = z.infer<typeof MailAnswer>;

export const Heartbeat = z.object({ session: Id, clock: Timestamp });
export const HeartbeatAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heard'), clock: Timestamp }),
  z.object({ kind: z.literal('overtaken') }),
]);

const Column = z.string().nullable();
const LaneItem = z.object({
  ...{ id: z.number().int(), parent: z.number().int().nullable(), kind: z.number().int(), name: z.string(), owner: Column, args: Column },
  ...{ assign: Column, doc: Column, tags: Column, source: Column, line: z.number().int().nullable(), robotId: Column },
  ...{ status: z.number().int().nullable(), started: z.number().int(), elapsed: z.number().int().nullable(), message: Column },
  tests: z.number().int().nullable(),
});
const LaneMessage = z.object({
  ...{ id: z.number().int(), item: z.number().int().nullable(), time: z.number().int().nullable() },
  ...{ level: z.number().int().nullable(), html: z.number().int().nullable(), text: Column },
});

/**
 * Rows of the record of one run behind `from`, where the hub's copy is to stand; null asks where it stands. The console goes on at
 * `offset`, bytes as base64. `run` is how it stands now: live only, a later one makes all earlier ones worthless.
 */
export const Lane = z.object({
  session: Id,
  runId: Id,
  from: z.string().max(2000).nullable(),
  to: z.string().max(2000),
  meta: z.array(z.object({ key: z.string().max(200), value: Column })).max(100),
  items: z.array(LaneItem).max(2000),
  messages: z.array(LaneMessage).max(2000),
  console: z.object({ offset: z.number().int().nonnegative(), data: z.string().max(400_000) }).nullable(),
  run: Run.nullable(),
});
export type Lane = z.infer<typeof Lane>;
/** `closed`: nothing more of this run is taken here, now or ever. `notYet`: the hub has not heard that it executes. */
export const LaneAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('taken'), cursor: z.string(), console: z.number().int() }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('notYet') }),
  z.object({ kind: z.literal('overtaken') }),
]);
export type LaneAnswer = z.infer<typeof LaneAnswer>;

/** All files that a run came to. */
export const RunManifest = z.object({ files: z.array(Artefact.extend({ sha256: Sha256 })).max(100_000) });
export type RunManifest = z.infer<typeof RunManifest>;
/** What the hub lacks of them, and how many bytes of each it has; nothing = published, for ever. */
export const ManifestAnswer = z.object({
  missing: z.array(z.object({ sha256: Sha256, received: z.number().int().nonnegative() })),
  published: z.boolean(),
});
export type ManifestAnswer = z.infer<typeof ManifestAnswer>;
