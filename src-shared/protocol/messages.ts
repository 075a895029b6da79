import { z } from 'zod';
import { Id, Name, Timestamp } from '../model/text.ts';
import { Item } from './items.ts';

/** Versions of the protocol that this build speaks; the highest common one is taken. */
export const VERSIONS = { min: 1, max: 1 } as const;

/** Where a hub takes enrolments (POST) and links (socket). */
export const ENROL_PATH = '/api/link/enrol';
export const SOCKET_PATH = '/api/link/socket';

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
