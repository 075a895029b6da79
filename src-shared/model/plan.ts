import { z } from 'zod';
import { LibraryRef } from './library.ts';
import { ProvisioningChoice } from './recipe.ts';
import { RunOptions } from './run.ts';
import { SutNeeds } from './sut-needs.ts';
import { Selection } from './test-data.ts';
import { Id, Name, PersonName, Sha256, Timestamp } from './text.ts';

/**
 * In which order tests run. `random` without a seed draws one for each run and keeps it there, so that a rerun is in the same order.
 * `listed` names tests by their long names without the root suite; suites follow the first of their tests, what is not listed comes after.
 */
export const PlanOrder = z.discriminatedUnion('by', [
  z.object({ by: z.literal('data') }),
  z.object({ by: z.literal('random'), seed: z.number().int().min(0).max(2_147_483_647).nullable().default(null) }),
  z.object({ by: z.literal('listed'), tests: z.array(z.string().min(1)).max(20_000) }),
]);
export type PlanOrder = z.infer<typeof PlanOrder>;

/** After a run that failed, the tests that did not pass are run again, at most so many times; the merged view shows the newest of each. */
export const RetryPolicy = z.object({ times: z.number().int().min(0).max(10).default(0) });

/** Everything that a plan says: this and nothing else is hashed and bound by a run. */
export const PlanContent = z.object({
  name: Name,
  doc: z.string().max(10_000).default(''),
  testDataId: Id,
  /** `newest` is looked up at each start; the run is bound to what it was then. */
  revision: z.union([z.literal('newest'), Sha256]).default('newest'),
  /** Suites by path without the root suite, as Robot's `--suite` allows; tags are Robot's expressions. */
  selection: Selection.default({ include: [], exclude: [], suites: [], tests: [] }),
  order: PlanOrder.default({ by: 'data' }),
  /** The whole set of its runs, whatever is attached to the test data; empty: that of the test data. */
  libraries: z.array(LibraryRef).max(500).default([]),
  provisioning: ProvisioningChoice.nullable().default(null),
  options: RunOptions.default({ variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 }),
  retry: RetryPolicy.default({ times: 0 }),
  sutNeeds: SutNeeds.default({ count: null, tags: [], fields: [] }),
  /** The condition of a run that names none. */
  conditionId: Id.nullable().default(null),
});
export type PlanContent = z.infer<typeof PlanContent>;
/** What a person writes: what is left out has its default. */
export type PlanInput = z.input<typeof PlanContent>;

/** One version of a plan; versions are content, so saving the same again makes none. */
export const PlanVersion = z.object({ sha256: Sha256, number: z.number().int(), savedAt: Timestamp, savedBy: PersonName });
export type PlanVersion = z.infer<typeof PlanVersion>;

export const TestPlan = PlanContent.extend({
  id: Id,
  /** Of the newest version: what a run started now is bound to. */
  version: PlanVersion,
  /** Of the test data, for lists; null when they do not exist any more. */
  testDataName: Name.nullable(),
  runCount: z.number().int(),
  createdAt: Timestamp,
});
export type TestPlan = z.infer<typeof TestPlan>;
