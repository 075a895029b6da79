import { z } from 'zod';
import { RemoteRunState, RunRefusal } from '../protocol/items.ts';
import { Run } from './run.ts';
import { Id, Name, Sha256, Timestamp } from './text.ts';

/** A suite file of an uploaded zip and the names of its cases, as plain reading finds them; the harness reads it as Robot does. */
export const OutlineSuite = z.object({ path: z.string(), cases: z.array(z.string()) });
export type OutlineSuite = z.infer<typeof OutlineSuite>;

/** A zip of suites, a wheel (a library), an ISO image. */
export const HubContentKind = z.enum(['suites', 'library', 'image']);
export type HubContentKind = z.infer<typeof HubContentKind>;

/** What somebody brought to the hub, kept by the hash of its content. */
export const HubTestData = z.object({
  id: Id,
  kind: HubContentKind,
  name: Name,
  /** Who brought it. */
  person: z.string(),
  fileName: z.string(),
  sha256: Sha256,
  size: z.number().int(),
  createdAt: Timestamp,
  /** Empty for what is no zip of suites. */
  suites: z.array(OutlineSuite),
});
export type HubTestData = z.infer<typeof HubTestData>;

/** Says on pages elsewhere how the newest run of a name came out. */
export const HubBadge = z.object({
  id: Id,
  /** Of runs. */
  name: Name,
  /** Who made it. */
  person: z.string(),
  createdAt: Timestamp,
});
export type HubBadge = z.infer<typeof HubBadge>;

/** A run that somebody of the hub asked for. It is a run like any other; what it is besides stands beside it. */
export const HubRun = Run.extend({
  harnessId: Id,
  harness: Name,
  person: z.string(),
  askedAt: Timestamp,
  /** What its harness last said; null = nothing yet. */
  told: RemoteRunState.nullable(),
  refusal: RunRefusal.nullable(),
  stopAskedAt: Timestamp.nullable(),
  lab: z.enum(['up', 'down', 'doubt', 'removed']),
  heardAt: Timestamp.nullable(),
  /** Report and record are kept here: the lab is not needed for them any more. */
  publishedAt: Timestamp.nullable(),
});
export type HubRun = z.infer<typeof HubRun>;
