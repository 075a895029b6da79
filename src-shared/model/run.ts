import { z } from 'zod';
import { BoundLibrary, LibraryRef, LockedPackage } from './library.ts';
import { Provisioning } from './provisioning.ts';
import { ProvisioningBinding, ProvisioningChoice } from './recipe.ts';
import { Cause, RunState, Verdict } from './run-states.ts';
import { Selection } from './test-data.ts';
import { Id, Milliseconds, Name, PersonName, Sha256, Timestamp } from './text.ts';

export const Counts = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  /** Selected but never run: stopped, lost, time limit. */
  notRun: z.number().int(),
});
export type Counts = z.infer<typeof Counts>;

/** A named set of variables that a run was started with: the YAML text itself is bound, so later edits change nothing. */
export const ConditionBinding = z.object({ name: Name, sha256: Sha256 });

/** The plan that a run was started from, as it was then: `sha256` is of its whole content, so later edits change nothing. */
export const PlanBinding = z.object({ id: Id, name: Name, sha256: Sha256 });
export type PlanBinding = z.infer<typeof PlanBinding>;

export const RunOptions = z.object({
  /** `NAME:VALUE`, as Robot's `--variable`; after the condition file, so they win. */
  variables: z.array(z.string().regex(/^[^:]+:/u, 'A variable is written NAME:VALUE.')).default([]),
  /** The run as a whole may take this long. */
  timeLimitMs: Milliseconds.nullable().default(null),
  /** Nothing on the console and no keyword for this long ends the run. */
  silenceLimitMs: Milliseconds.nullable().default(null),
  /** More Robot options, one element an argument; those that the harness owns (outputs, listener) are refused. */
  robotOptions: z.array(z.string()).default([]),
  /** Higher goes first; then age. */
  priority: z.number().int().min(-9).max(9).default(0),
});
export type RunOptions = z.infer<typeof RunOptions>;

/** One step of a run as the phase bar shows it. */
export const RunPhase = z.object({
  state: RunState,
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  outcome: z.enum(['running', 'done', 'skipped', 'failed']),
  /** What it is doing now, or why it was skipped or failed: a sentence. */
  note: z.string().nullable(),
  /** How long this phase took in earlier runs of the same series (median), where there is history. */
  expectedMs: Milliseconds.nullable(),
});
export type RunPhase = z.infer<typeof RunPhase>;

/** The ladder: asked, asked again, killed. `nextStepAt` counts down to the next step. */
export const StopProgress = z.object({
  requestedAt: Timestamp,
  by: PersonName,
  step: z.enum(['asked', 'askedAgain', 'killing']),
  nextStepAt: Timestamp.nullable(),
});
export type StopProgress = z.infer<typeof StopProgress>;

export const Failure = z.object({ code: z.string(), message: z.string() });

/** One cell of a verdict strip; `running` only for a run still under way. */
export const StripVerdict = z.enum(['passed', 'failed', 'error', 'stopped', 'lost', 'skipped', 'running']);
export type StripVerdict = z.infer<typeof StripVerdict>;

/** A run as lists show it: small, flat, also the item of the live feed. */
export const RunSummary = z.object({
  id: Id,
  name: Name,
  testDataId: Id.nullable(),
  revision: Sha256,
  suts: z.array(z.string()),
  condition: z.string().nullable(),
  plan: PlanBinding.nullable(),
  startedBy: PersonName,
  rerunOf: Id.nullable(),
  state: RunState,
  verdict: Verdict.nullable(),
  cause: Cause.nullable(),
  counts: Counts,
  /** Cases selected; 0 until known. */
  total: z.number().int(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
  /** One line of what matters: first failing test's message, the error, why it waits, or the test that runs. */
  happened: z.string().nullable(),
  /** Place in the queue, 1 = next; null when not queued. */
  queuePosition: z.number().int().nullable(),
  /** When it will be over, estimated from history; null without history. */
  expectedEndAt: Timestamp.nullable(),
  stop: StopProgress.nullable(),
  important: z.boolean(),
  /** Phases that were not needed, so that lists do not draw them as done. */
  skippedPhases: z.array(RunState),
  /** How often what fails in it is run again by itself, as its plan says. */
  retriesLeft: z.number().int(),
  /** `provision`: it has no tests and only brings its machine into a wanted state. Absent: it is a run of tests. */
  purpose: z.literal('provision').optional(),
  /** It was executed by another harness and came here in a capsule; null for all others. */
  imported: z.object({ at: Timestamp, from: z.string() }).nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/**
 * What a run had in its Python. `lockHash`: null before it was prepared, and for the default environment, whose packages nobody locked.
 * `libraries`: what it was bound to when it was started; `packages`: all that was installed for them.
 */
export const RunEnvironmentBinding = z.object({
  lockHash: Sha256.nullable(),
  libraries: z.array(BoundLibrary),
  packages: z.array(LockedPackage.pick({ name: true, version: true })),
});
export type RunEnvironmentBinding = z.infer<typeof RunEnvironmentBinding>;

export const Run = RunSummary.extend({
  selection: Selection,
  options: RunOptions,
  conditionBinding: ConditionBinding.nullable(),
  phases: z.array(RunPhase),
  failure: Failure.nullable(),
  robotVersion: z.string().nullable(),
  pythonVersion: z.string().nullable(),
  environment: RunEnvironmentBinding,
  /** True when output.xml was rebuilt from the record because Robot could not write it. */
  rebuilt: z.boolean(),
  /** Reruns of this run, oldest first. */
  reruns: z.array(Id),
  reportDirectory: z.string(),
  /** What it brings its machines into before the tests, and how far that is; null where machines are taken as they are. */
  provisioning: z
    .object({ binding: ProvisioningBinding, suts: z.array(Provisioning) })
    .nullable()
    .default(null),
});
export type Run = z.infer<typeof Run>;

/**
 * What a person hands over to start a run: test data, or a plan, whose parts hold wherever the request has none of its own; each part given
 * replaces the plan's as a whole. The newest revision is taken unless the request or the plan fixes one.
 */
export const RunRequest = z
  .object({
    planId: Id.optional(),
    testDataId: Id.optional(),
    revision: Sha256.optional(),
    name: Name.optional(),
    selection: Selection.optional(),
    suts: z.array(Name).max(200).default([]),
    /** A condition kept here; null takes none where the plan has one. */
    conditionId: Id.nullable().optional(),
    /** Variables given with the request, as YAML; not together with `conditionId`. */
    condition: z.object({ name: Name, yaml: z.string().max(10_000_000) }).optional(),
    options: RunOptions.optional(),
    /** In the place of the plan's and of what is attached to the test data. */
    libraries: z.array(LibraryRef).max(200).optional(),
    /** In the place of the plan's; null takes the machines as they are. */
    provisioning: ProvisioningChoice.nullable().optional(),
    /** Same key, same run: a start asked twice starts once. */
    requestKey: Id.optional(),
  })
  .refine(({ planId, testDataId }) => planId !== undefined || testDataId !== undefined, 'A run needs test data or a plan.')
  .refine(({ conditionId, condition }) => conditionId == null || condition === undefined, 'A run has one condition at most.');
export type RunRequest = z.input<typeof RunRequest>;

/** One machine that is to be brought into a wanted state, without tests. */
export const ProvisionRequest = ProvisioningChoice.omit({ leaves: true }).extend({
  sut: Name,
  /** Where the recipe is looked for besides the built-in ones; the newest revision unless one is given. */
  testDataId: Id.optional(),
  revision: Sha256.optional(),
  /** Same key, same run: asked twice, it is started once. */
  requestKey: Id.optional(),
});
export type ProvisionRequest = z.input<typeof ProvisionRequest>;

export const Artefact = z.object({
  /** Relative to the report, with `/`. */
  path: z.string(),
  size: z.number().int(),
  sha256: Sha256.nullable(),
  kind: z.enum(['robot', 'record', 'console', 'attachment']),
});
export type Artefact = z.infer<typeof Artefact>;
