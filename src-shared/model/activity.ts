import { z } from 'zod';
import { RunSummary } from './run.ts';
import { Id, Timestamp } from './text.ts';

/** What all processes of a run together took at one moment. */
export const UsageSample = z.object({
  at: Timestamp,
  /** Percent of one core; null at the first look, which has nothing to compare with. */
  cpu: z.number().nullable(),
  /** Bytes resident. */
  memory: z.number().int(),
});
export type UsageSample = z.infer<typeof UsageSample>;

/** One process below the supervisor of a run. Of its arguments only what it is, never the rest: people put passwords there. */
export const RunProcess = z.object({
  pid: z.number().int(),
  parent: z.number().int(),
  name: z.string(),
  cpu: z.number().nullable(),
  memory: z.number().int(),
  startedAt: Timestamp.nullable(),
});
export type RunProcess = z.infer<typeof RunProcess>;

export const ActiveRun = z.object({
  run: RunSummary,
  /** Parents before children; empty while no process of it is there, as in the phases around the tests. */
  processes: z.array(RunProcess),
  /** Oldest first. */
  usage: z.array(UsageSample),
});
export type ActiveRun = z.infer<typeof ActiveRun>;

/** Threads of one kind of work. */
export const PoolActivity = z.object({
  /** Threads alive now, and at most. */
  threads: z.number().int(),
  most: z.number().int(),
  /** Jobs in a thread now, and waiting for one. */
  busy: z.number().int(),
  waiting: z.number().int(),
  /** Since the start of the harness. */
  done: z.number().int(),
  failed: z.number().int(),
  /** Of what was done since then: ms; null before the first. */
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export type PoolActivity = z.infer<typeof PoolActivity>;

export const HarnessProcess = z.object({
  pid: z.number().int(),
  startedAt: Timestamp,
  /** Bytes resident. */
  memory: z.number().int(),
  cpu: z.number().nullable(),
  /** How late the event loop came to its next turn since the look before, ms. */
  delayP99Ms: z.number(),
  delayMaxMs: z.number(),
});
export type HarnessProcess = z.infer<typeof HarnessProcess>;

/** What the harness does now. */
export const Activity = z.object({
  at: Timestamp,
  /** Runs at once at most; a change counts at once and is kept. */
  workers: z.number().int(),
  paused: z.boolean(),
  active: z.array(ActiveRun),
  /** In the order of their turn; `happened` says why each waits. */
  queue: z.array(RunSummary),
  pools: z.object({ runs: PoolActivity, oobm: PoolActivity }),
  harness: HarnessProcess,
});
export type Activity = z.infer<typeof Activity>;

export const ACTIVITY_SPANS = ['hour', 'day', 'week'] as const;
export const ActivitySpan = z.enum(ACTIVITY_SPANS);
export type ActivitySpan = z.infer<typeof ActivitySpan>;

/** Work of one kind that ended within a span. */
export const KindFigures = z.object({
  kind: z.enum(['run', 'preparing', 'provisioning', 'executing', 'tearingDown', 'collecting']),
  done: z.number().int(),
  /** Came out as failed or error. */
  failed: z.number().int(),
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export type KindFigures = z.infer<typeof KindFigures>;

export const ActivityBucket = z.object({
  from: Timestamp,
  ended: z.number().int(),
  /** Of these: failed, error or lost. */
  unhappy: z.number().int(),
  /** Runs in the queue at the end of the bucket. */
  waiting: z.number().int(),
});
export type ActivityBucket = z.infer<typeof ActivityBucket>;

export const ActivityFigures = z.object({
  span: ActivitySpan,
  from: Timestamp,
  to: Timestamp,
  bucketMs: z.number().int(),
  buckets: z.array(ActivityBucket),
  kinds: z.array(KindFigures),
  /** From being asked for to leaving the queue, ms. */
  waitMedianMs: z.number().nullable(),
  waitP95Ms: z.number().nullable(),
  /** Runs that were queued again for what failed in another. */
  reruns: z.number().int(),
});
export type ActivityFigures = z.infer<typeof ActivityFigures>;

export const QueueMove = z.object({
  id: Id,
  /** Its new place, 1 = next; a larger one than there are is the last. */
  position: z.number().int().min(1),
});
