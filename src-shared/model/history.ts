import { z } from 'zod';
import { StripVerdict } from './run.ts';
import { Id, Timestamp } from './text.ts';

/** Whose history: one test by its long name, or all runs that have something in common. */
export const HISTORY_KINDS = ['test', 'plan', 'sut', 'condition', 'library', 'name'] as const;
export const HistoryKind = z.enum(HISTORY_KINDS);
export type HistoryKind = z.infer<typeof HistoryKind>;

export const HistoryQuestion = z.object({
  kind: HistoryKind,
  /** Long name of a test, name of a plan, SUT, condition or run; of a library `name` or `name==version`. */
  key: z.string().min(1).max(2000),
  /** Tests of other test data may have the same name. */
  testDataId: Id.optional(),
  sut: z.string().optional(),
  condition: z.string().optional(),
  days: z.coerce.number().int().min(1).max(3650).default(90),
});
export type HistoryQuestion = z.infer<typeof HistoryQuestion>;

/** How the subject came out in one run. */
export const HistoryPoint = z.object({
  runId: Id,
  runName: z.string(),
  at: Timestamp,
  verdict: StripVerdict,
  tookMs: z.number().nullable(),
  suts: z.array(z.string()),
  condition: z.string().nullable(),
  revision: z.string(),
  /** The locked environment; null: the default one. */
  lockHash: z.string().nullable(),
  robotVersion: z.string().nullable(),
  image: z.string().nullable(),
  message: z.string().nullable(),
});
export type HistoryPoint = z.infer<typeof HistoryPoint>;

/** See `flakinessOf`: what is counted is told beside every score. */
export const Flakiness = z.object({ pairs: z.number().int(), changed: z.number().int(), share: z.number().nullable(), flaky: z.boolean() });
export type Flakiness = z.infer<typeof Flakiness>;

/** It fails now, and in every run since `since`. */
export const Failing = z.object({
  runs: z.number().int(),
  since: HistoryPoint,
  /** The last run that passed before; null: it never did. */
  lastPass: HistoryPoint.nullable(),
  /** What differs between these two, in words. */
  changed: z.array(z.string()),
});
export type Failing = z.infer<typeof Failing>;

export const FailureCluster = z.object({
  /** The message with everything that varies replaced. */
  shape: z.string(),
  count: z.number().int(),
  example: z.string(),
  firstAt: Timestamp,
  lastAt: Timestamp,
});
export type FailureCluster = z.infer<typeof FailureCluster>;

/** It fails here and passes elsewhere: then the machine is suspected, not the test. */
export const Suspicion = z.object({
  sut: z.string(),
  failed: z.number().int(),
  of: z.number().int(),
  elsewherePassed: z.number().int(),
  elsewhereOf: z.number().int(),
});
export type Suspicion = z.infer<typeof Suspicion>;

export const HistoryCell = z.object({
  sut: z.string(),
  condition: z.string().nullable(),
  passed: z.number().int(),
  of: z.number().int(),
  /** Oldest first. */
  strip: z.array(StripVerdict),
});
export type HistoryCell = z.infer<typeof HistoryCell>;

export const SutTime = z.object({ sut: z.string(), heldMs: z.number(), usedMs: z.number() });
export type SutTime = z.infer<typeof SutTime>;

export const History = z.object({
  kind: HistoryKind,
  key: z.string(),
  from: Timestamp,
  /** Newest last, at most some hundred. */
  points: z.array(HistoryPoint),
  /** There are older ones within the days asked for. */
  more: z.boolean(),
  counts: z.record(z.string(), z.number().int()),
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  flakiness: Flakiness,
  failing: Failing.nullable(),
  suspicion: Suspicion.nullable(),
  clusters: z.array(FailureCluster),
  cells: z.array(HistoryCell),
  /** Of a SUT: how long it was held, and how long of that a run used it. */
  time: SutTime.nullable(),
  tookMs: z.number(),
});
export type History = z.infer<typeof History>;

/** A test that somebody should look at. */
export const TestNews = z.object({
  longName: z.string(),
  testDataId: Id.nullable(),
  strip: z.array(StripVerdict),
  flakiness: Flakiness,
  failingSince: Timestamp.nullable(),
  lastRunId: Id,
  message: z.string().nullable(),
});
export type TestNews = z.infer<typeof TestNews>;

export const HistoryOverview = z.object({
  /** Fails now, and passed in its last run before the day. */
  broke: z.array(TestNews),
  /** Flaky over its newest pairs, the worst first. */
  flaky: z.array(TestNews),
  clusters: z.array(FailureCluster),
  tookMs: z.number(),
});
export type HistoryOverview = z.infer<typeof HistoryOverview>;
