import { z } from 'zod';
import { Id, Name, Timestamp } from './text.ts';

/** The closed list of what can keep a run from starting, or will spoil it. */
export const ReasonCode = z.enum([
  'PLAN_MISSING',
  'TEST_DATA_MISSING',
  'REVISION_MISSING',
  'NOTHING_SELECTED',
  'DATA_BROKEN',
  'LIBRARY_MISSING',
  'IMPORT_BROKEN',
  'KEYWORD_UNKNOWN',
  'VARIABLE_MISSING',
  'CONDITION_MISSING',
  'CONDITION_BROKEN',
  'SECRET_MISSING',
  'OPTION_REFUSED',
  'SUT_MISSING',
  'SUT_NOT_RESERVED',
  'SUT_SET_ASIDE',
  'SUT_IN_USE',
  'SUT_WRONG_KIND',
  'SUTS_TOO_FEW',
  'SUTS_TOO_MANY',
  'IMAGE_MISSING',
  'IMAGE_TOO_BIG',
  'IMAGE_WRONG_KIND',
  'RECIPE_BROKEN',
  'ANSWERS_INCOMPLETE',
  'SERVING_UNREACHABLE',
  'SUT_NOT_VERIFIED',
  'DISK_FULL',
  'ENVIRONMENT_BROKEN',
  'NOT_LOOKED_AT',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** What can be done about a reason, as something that the page can carry out; a page offers it as a button, `atn check` says it. */
export const Repair = z.discriminatedUnion('action', [
  /** The library is not in the registry: add it, then attach it. `name` as the suite imports it, `requirement` as an index knows it. */
  z.object({ action: z.literal('addLibrary'), name: z.string(), requirement: z.string() }),
  /** The library is in the registry: attach it to the test data, or to the plan when there is one. */
  z.object({ action: z.literal('attachLibrary'), libraryId: Id, name: z.string() }),
  z.object({ action: z.literal('reserve'), sut: Name }),
  z.object({ action: z.literal('chooseSuts') }),
  /** Take this one out of the choice, or another in its place. */
  z.object({ action: z.literal('chooseOtherSut'), sut: Name }),
  z.object({ action: z.literal('openFile'), path: z.string(), line: z.number().int().nullable() }),
  z.object({ action: z.literal('defineVariable'), name: z.string() }),
  z.object({ action: z.literal('openCondition'), conditionId: Id, variable: z.string().nullable() }),
  z.object({ action: z.literal('chooseCondition') }),
  z.object({ action: z.literal('changeSelection') }),
  z.object({ action: z.literal('chooseRevision') }),
  z.object({ action: z.literal('changeOptions') }),
  z.object({ action: z.literal('changeProvisioning') }),
  /** Its page, where fields are given to it and its ways are tried. */
  z.object({ action: z.literal('openSut'), sutId: Id, sut: Name }),
  z.object({ action: z.literal('openImages') }),
  z.object({ action: z.literal('freeDisk') }),
  z.object({ action: z.literal('openDoctor') }),
  /** Nothing to do: the run waits in the queue for that one. */
  z.object({ action: z.literal('waitForRun'), runId: Id }),
]);
export type Repair = z.infer<typeof Repair>;

export const PreflightReason = z.object({
  code: ReasonCode,
  /** A sentence; the first says what is the matter, the rest why and what to do. */
  message: z.string(),
  /** What it is about: a SUT, library, keyword, variable or file by its name; `selection`, `condition`, `provisioning` or `robotOptions`; a revision's hash. */
  subject: z.string().nullable(),
  /** `error`: the run is refused. `warning`: it can start, but waits or will have failures that tell nothing of the machine. */
  severity: z.enum(['error', 'warning']),
  repair: Repair.nullable(),
});
export type PreflightReason = z.infer<typeof PreflightReason>;

/** What is looked at, in this order; the first answers at once, the others may take seconds. */
export const PreflightStage = z.enum(['request', 'suts', 'room', 'libraries', 'suites', 'dryrun']);
export type PreflightStage = z.infer<typeof PreflightStage>;

/** All that is known so far. Each item of the stream holds the whole; the last has nothing pending. */
export const Preflight = z.object({
  reasons: z.array(PreflightReason),
  /** What was looked at and is in order, a short sentence each. */
  fine: z.array(z.object({ stage: PreflightStage, sentence: z.string() })),
  /** What is still being looked at, with what it does now. */
  pending: z.array(z.object({ stage: PreflightStage, sentence: z.string() })),
  /** No error so far: exactly when a start would be taken. */
  canStart: z.boolean(),
  /** Selected cases; null while nobody can tell. */
  cases: z.number().int().nullable(),
  at: Timestamp,
});
export type Preflight = z.infer<typeof Preflight>;
