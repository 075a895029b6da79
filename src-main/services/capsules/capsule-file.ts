import { z } from 'zod';
import { CapsuleContent } from '../../../src-shared/model/capsule.ts';
import { BoundLibrary, EnvironmentLock, LibrarySource } from '../../../src-shared/model/library.ts';
import { PlanContent, PlanOrder } from '../../../src-shared/model/plan.ts';
import { Cause, RunState, Verdict } from '../../../src-shared/model/run-states.ts';
import { Counts, Failure, RunOptions, RunPhase } from '../../../src-shared/model/run.ts';
import { Selection } from '../../../src-shared/model/test-data.ts';
import { Name, Sha256, Timestamp } from '../../../src-shared/model/text.ts';

/** The first file of a capsule says what it is; its hash is beside it. */
export const MANIFEST = 'capsule.json';
export const MANIFEST_HASH = 'capsule.sha256';
export const DATA = 'data/';
export const REPORT = 'report/';
/** Kept contents (wheels, modules of folders) by their hash. */
export const BLOBS = 'contents/';
export const WHEELS = 'wheels.zip';

export const CapsuleMember = z.object({ path: z.string().min(1), size: z.number().int(), sha256: Sha256, executable: z.boolean() });
export type CapsuleMember = z.infer<typeof CapsuleMember>;

/** A library of the run as another registry takes it. `contents`: what of it is in the capsule. */
const CapsuleLibrary = z.object({
  bound: BoundLibrary,
  description: z.string(),
  importNames: z.array(z.string()),
  source: LibrarySource,
  fileName: z.string().nullable(),
  origin: z.string(),
  size: z.number().int().nullable(),
  contents: z.array(Sha256),
});
export type CapsuleLibrary = z.infer<typeof CapsuleLibrary>;

const CapsuleResult = z.object({
  ordinal: z.number().int(),
  longName: z.string(),
  item: z.number().int(),
  status: z.enum(['passed', 'failed', 'skipped', 'notRun']),
  elapsed: z.number().nullable(),
  message: z.string().nullable(),
});

const CapsuleRun = z.object({
  sutNames: z.array(z.string()),
  suts: z.array(z.object({ id: z.string(), name: z.string() })),
  selection: Selection,
  options: RunOptions,
  order: PlanOrder,
  failedOnly: z.boolean(),
  total: z.number().int(),
  verdict: Verdict,
  cause: Cause.nullable(),
  counts: Counts,
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp,
  happened: z.string().nullable(),
  failure: Failure.nullable(),
  robotVersion: z.string().nullable(),
  pythonVersion: z.string().nullable(),
  rebuilt: z.boolean(),
  skippedPhases: z.array(RunState),
  phases: z.array(RunPhase),
  results: z.array(CapsuleResult),
});

export const CapsuleManifest = z.object({
  'atn-capsule': z.literal(1),
  content: CapsuleContent,
  run: CapsuleRun,
  testData: z.object({ name: Name, suiteName: z.string().min(1) }),
  plan: PlanContent.nullable(),
  /** Flat: all inherited variables, no secrets. */
  condition: z.object({ name: Name, yaml: z.string(), secrets: z.array(z.string()) }).nullable(),
  libraries: z.array(CapsuleLibrary),
  lock: EnvironmentLock.nullable(),
  files: z.array(CapsuleMember),
});
export type CapsuleManifest = z.infer<typeof CapsuleManifest>;
