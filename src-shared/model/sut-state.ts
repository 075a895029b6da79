import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { Provider } from './sut-endpoint.ts';
import { Id, PersonName, Timestamp } from './text.ts';

export const Capability = z.enum([
  'identity',
  'power',
  'bootDevice',
  'virtualMedia',
  'sensors',
  'sel',
  'fru',
  'identify',
  'firmware',
  'shell',
  'console',
]);
export type Capability = z.infer<typeof Capability>;

/** One line of the card of a SUT: what happened when this capability was tried. */
export const CapabilityCheck = z.object({
  capability: Capability,
  outcome: z.enum(['works', 'unsupported', 'failed']),
  /** The one that answered, or the last that was tried; null when there was nothing to try. */
  provider: Provider.nullable(),
  checkedAt: Timestamp,
  tookMs: z.number(),
  sentence: z.string(),
});
export type CapabilityCheck = z.infer<typeof CapabilityCheck>;

/** What the machine or its BMC says it is; null for what it does not tell. */
export const SutIdentity = z.object({
  uuid: z.string().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  assetTag: z.string().nullable(),
  hostName: z.string().nullable(),
  bmcVersion: z.string().nullable(),
  biosVersion: z.string().nullable(),
});
export type SutIdentity = z.infer<typeof SutIdentity>;

/** `degraded`: it answers, but something is wrong with it (`why`). `unknown`: it has no endpoint, or was not asked yet. */
export const SutHealth = z.object({
  state: z.enum(['reachable', 'degraded', 'unreachable', 'unknown']),
  since: Timestamp,
  why: z.string().nullable(),
});
export type SutHealth = z.infer<typeof SutHealth>;

export const SutPower = z.object({ state: z.enum(['on', 'off', 'unknown']), at: Timestamp });
export type SutPower = z.infer<typeof SutPower>;

/** What was last seen of it; apart from who holds and who uses it. */
export const SutObserved = z.object({
  health: SutHealth,
  power: SutPower,
  /** Last answer; null when there was none since the harness started. */
  seenAt: Timestamp.nullable(),
  provider: Provider.nullable(),
  /** Temperature of the inlet, or else the first one, °C. */
  temperature: z.object({ name: z.string(), value: z.number(), health: z.enum(['ok', 'warning', 'critical', 'unavailable']) }).nullable(),
});
export type SutObserved = z.infer<typeof SutObserved>;

export const Maintenance = z.object({ reason: z.string().trim().min(1).max(1000), by: PersonName, since: Timestamp });
export type Maintenance = z.infer<typeof Maintenance>;

/** Set aside because the machine, not the test, is at fault; `by` is a person or the harness. */
export const Quarantine = z.object({
  evidence: z.string().trim().min(1).max(4000),
  by: PersonName,
  since: Timestamp,
  runId: Id.nullable(),
});
export type Quarantine = z.infer<typeof Quarantine>;

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
export const Attempt = z.object({
  provider: Provider,
  endpointId: Id,
  outcome: z.enum(['done', 'unsupported', 'failed']),
  code: z.enum(CODES).nullable(),
  message: z.string().nullable(),
  tookMs: z.number(),
});
export type Attempt = z.infer<typeof Attempt>;

/** One thing that happened to a SUT. `underway` became `unknown` when the harness ended before the answer came. */
export const SutEvent = z.object({
  id: Id,
  sutId: Id,
  at: Timestamp,
  who: PersonName,
  /** In words: `power cycle`, `boot from cdrom once`, `kernel panic on the console`. */
  what: z.string(),
  why: z.string().nullable(),
  outcome: z.enum(['done', 'failed', 'refused', 'underway', 'unknown', 'noted']),
  /** What went wrong, or what came of it. */
  message: z.string().nullable(),
  provider: Provider.nullable(),
  tookMs: z.number().nullable(),
  attempts: z.array(Attempt),
});
export type SutEvent = z.infer<typeof SutEvent>;
