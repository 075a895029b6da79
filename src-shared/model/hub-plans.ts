import { z } from 'zod';
import { Need } from './reservation.ts';
import { RunOptions } from './run.ts';
import { Selection } from './test-data.ts';
import { Id, Name, Timestamp } from './text.ts';

const EVERYTHING = { include: [], exclude: [], suites: [], tests: [] };

/** Variables with a name, kept on the hub. They travel with each run as text, so later edits change nothing in it. */
export const HubCondition = z.object({
  id: Id,
  name: Name,
  /** Who wrote it. */
  person: z.string(),
  yaml: z.string(),
  changedAt: Timestamp,
});
export type HubCondition = z.infer<typeof HubCondition>;

/** What a run from afar has besides suites, by what is kept on the hub. */
export const Bringing = z.object({
  /** Wheels. */
  libraryIds: z.array(Id).max(50).default([]),
  /** Packages of the lab's index, as pip takes them. */
  requirements: z.array(z.string().trim().min(1).max(500)).max(50).default([]),
  /** What each machine is installed from before the tests, and how. */
  image: z
    .object({
      id: Id,
      recipe: z.string().min(1).max(500).default('virtual-media'),
      when: z.enum(['whenDifferent', 'always']).default('whenDifferent'),
    })
    .nullable()
    .default(null),
});
export type Bringing = z.infer<typeof Bringing>;

/** What a run needs, saved for the next time. */
export const HubPlanBody = Bringing.extend({
  testDataId: Id,
  selection: Selection.default(EVERYTHING),
  /** Each is a run of its own, one after another; none = one run without. */
  conditionIds: z.array(Id).max(50).default([]),
  /** Machines that the runs are to have; a start says where. */
  need: Need.prefault({}),
  options: RunOptions.prefault({}),
});
export type HubPlanBody = z.infer<typeof HubPlanBody>;

export const HubPlan = z.object({ id: Id, name: Name, person: z.string(), body: HubPlanBody, changedAt: Timestamp });
export type HubPlan = z.infer<typeof HubPlan>;
