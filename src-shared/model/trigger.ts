import { z } from 'zod';
import { Id, Name, PersonName, Timestamp } from './text.ts';

/** How a request shows that it may start the plan: with the secret itself, or with a signature (HMAC-SHA256) of its body made with it. */
export const TriggerProof = z.enum(['token', 'signature']);
export type TriggerProof = z.infer<typeof TriggerProof>;

const VariableName = z
  .string()
  .trim()
  .regex(/^[\p{L}_][\p{L}\p{N}_ ]{0,99}$/u, 'A variable is named without its marks: BUILD, for example.');

/** A plan that a request from elsewhere starts. What a request may say besides stands here by name; all else of the run is the plan's. */
export const TriggerInput = z.object({
  name: Name,
  planId: Id,
  /** Null: the plan's. */
  conditionId: Id.nullable().default(null),
  suts: z.array(Name).max(200).default([]),
  proof: TriggerProof.default('token'),
  /** Names of conditions that a request may choose. */
  conditions: z.array(Name).max(100).default([]),
  /** Names of variables that a request may give. */
  variables: z.array(VariableName).max(100).default([]),
  enabled: z.boolean().default(true),
});
export type TriggerInput = z.infer<typeof TriggerInput>;

/** One request that had the secret, and what came of it. Repeated, it stays one delivery and one run. */
export const TriggerDelivery = z.object({
  id: Id,
  /** What the other side calls it; null: it gave no name. */
  key: z.string().nullable(),
  firstAt: Timestamp,
  lastAt: Timestamp,
  /** How often it came. */
  times: z.number().int(),
  runId: Id.nullable(),
  /** Why nothing was started. */
  problem: z.string().nullable(),
});
export type TriggerDelivery = z.infer<typeof TriggerDelivery>;

export const Trigger = TriggerInput.extend({
  id: Id,
  planName: z.string().nullable(),
  by: PersonName,
  /** Where requests go: the address on this computer while the harness serves one, else its path alone. */
  address: z.string(),
  secretMadeAt: Timestamp,
  /** When a request came last without the right secret; null: none did. */
  strangerAt: Timestamp.nullable(),
  /** The newest, newest first. */
  deliveries: z.array(TriggerDelivery),
});
export type Trigger = z.infer<typeof Trigger>;

/** `secret` is said once, when it was made, and by nothing ever after. */
export const TriggerChange = z.object({ triggers: z.array(Trigger), id: Id, secret: z.string().nullable() });
export type TriggerChange = z.infer<typeof TriggerChange>;
