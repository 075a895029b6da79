import { z } from 'zod';
import { Endpoint, EndpointInput } from './sut-endpoint.ts';
import { CapabilityCheck, Maintenance, Quarantine, SutIdentity, SutObserved } from './sut-state.ts';
import { Id, Name, PersonName, Timestamp } from './text.ts';

/** A `sut` is tested; the `environment` (switch, server that others need) is used by tests, never provisioned or powered by a run. */
export const SutRole = z.enum(['sut', 'environment']);
export type SutRole = z.infer<typeof SutRole>;

export const FieldKind = z.enum(['text', 'number', 'boolean', 'address', 'secret']);
export type FieldKind = z.infer<typeof FieldKind>;

/**
 * One fact about a SUT, in `${SUTs}[name]` under its key. A secret's value is never here: `value` is then the reference under which
 * the secret store keeps it, and `null` on the wire when nothing is stored yet.
 */
export const SutField = z.object({
  key: z
    .string()
    .regex(/^[\p{L}_][\p{L}\p{N}_.-]*$/u, 'A field is named by letters, digits, dot, dash and underscore, beginning with a letter.')
    .max(100),
  kind: FieldKind,
  value: z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]),
});
export type SutField = z.infer<typeof SutField>;

/** What a person writes: a secret field may carry its new plain value here and only here; absent keeps the stored one. */
export const SutFieldInput = SutField.extend({ secret: z.string().max(10_000).optional() });
export type SutFieldInput = z.infer<typeof SutFieldInput>;

export const Sut = z.object({
  id: Id,
  name: Name,
  role: SutRole,
  information: z.array(SutField),
  tags: z.array(z.string().min(1).max(100)),
  maintainedBy: PersonName,
  /** Who holds it now, if anyone: three facts, not one, with `inUse`. */
  reservedBy: PersonName.nullable(),
  reservedSince: Timestamp.nullable(),
  /** Null also for a hold without end. */
  reservedUntil: Timestamp.nullable(),
  /** The reservation that has it, active or ending. */
  reservationId: Id.nullable(),
  /** The run that has its lease. */
  inUse: z.object({ runId: Id, runName: z.string() }).nullable(),
  /** The SUT it sits in or runs on (enclosure, host). */
  parentId: Id.nullable(),
  /** In the order in which they are tried. */
  endpoints: z.array(Endpoint),
  /** As read at the last check; null before. */
  identity: SutIdentity.nullable(),
  /** What was tried at the last check; empty before. */
  card: z.array(CapabilityCheck),
  observed: SutObserved,
  maintenance: Maintenance.nullable(),
  quarantine: Quarantine.nullable(),
  createdAt: Timestamp,
  changedAt: Timestamp,
});
export type Sut = z.infer<typeof Sut>;

export const SutInput = z.object({
  name: Name,
  role: SutRole.default('sut'),
  information: z.array(SutFieldInput).max(500).default([]),
  tags: z.array(z.string().trim().min(1).max(100)).max(100).default([]),
  /** Who looks after it; the caller when left out. */
  maintainedBy: PersonName.optional(),
  /** Left out: unchanged. */
  parentId: Id.nullable().optional(),
  /** Left out: unchanged. */
  endpoints: z.array(EndpointInput).max(10).optional(),
});
export type SutInput = z.input<typeof SutInput>;
