import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ProvisionRequest, Run, RunRequest, RunSummary, StripVerdict } from '../../model/run.ts';
import { RunState, Verdict } from '../../model/run-states.ts';
import { Id, Name, Timestamp } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Runs'] };
const ById = z.object({ id: Id });

/** All given conditions hold together; an absent one does not filter. */
export const RunFilter = z.object({
  /**
   * Searches run name, SUT, condition, starter, test names and failure messages, also inside words. Every word must be found somewhere;
   * what stands in double quotes is one. One or two letters or digits are looked for in names only.
   */
  text: z.string().max(500).optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  testDataId: Id.optional(),
  planId: Id.optional(),
  name: Name.optional(),
  sut: z.string().optional(),
  condition: z.string().optional(),
  startedBy: z.string().optional(),
  verdicts: z.array(Verdict).optional(),
  states: z.array(RunState).optional(),
});
export type RunFilter = z.infer<typeof RunFilter>;

/** One row of the run list: the run, and how its series (name, SUTs, condition) went up to and with it, oldest first, at most 12. */
export const RunListRow = z.object({ run: RunSummary, strip: z.array(StripVerdict) });
export type RunListRow = z.infer<typeof RunListRow>;

export const RunList = z.object({
  rows: z.array(RunListRow),
  /** How many match the filter. */
  total: z.number().int(),
  /** How many there are at all. */
  all: z.number().int(),
  /** Matches by verdict, with `running` for those not ended; counted without the verdict filter itself. */
  facets: z.record(z.string(), z.number().int()),
  tookMs: z.number(),
});
export type RunList = z.infer<typeof RunList>;

export const HistogramBucket = z.object({ from: Timestamp, to: Timestamp, counts: z.record(z.string(), z.number().int()) });

/** Values to offer in the filter menus. */
export const RunFilterChoices = z.object({
  names: z.array(z.string()),
  suts: z.array(z.string()),
  conditions: z.array(z.string()),
  startedBy: z.array(z.string()),
});

/** `changed` carries whole summaries of what changed since the item before; a reader that missed some asks for a new snapshot. */
export const RunFeed = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), seq: z.number().int(), active: z.array(RunSummary) }),
  z.object({ type: z.literal('changed'), seq: z.number().int(), runs: z.array(RunSummary), removed: z.array(Id) }),
]);
export type RunFeed = z.infer<typeof RunFeed>;

export const runs = {
  /** Refuses with every reason at once (PREFLIGHT_FAILED, `reasons`). */
  start: procedure
    .route({ method: 'POST', path: '/runs', ...tag })
    .input(RunRequest)
    .output(Run),
  list: procedure
    .route({ method: 'GET', path: '/runs', ...tag })
    .input(
      RunFilter.extend({ offset: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    )
    .output(RunList),
  histogram: procedure
    .route({ method: 'GET', path: '/runs/histogram', ...tag })
    .input(
      RunFilter.extend({ from: z.coerce.number().int(), to: z.coerce.number().int(), buckets: z.coerce.number().int().min(1).max(500) }),
    )
    .output(z.array(HistogramBucket)),
  filterChoices: procedure.route({ method: 'GET', path: '/runs/filter-choices', ...tag }).output(RunFilterChoices),
  /** One machine is brought into a wanted state as a run without tests: reserved for whoever asks, followed and stopped like any run. */
  provision: procedure
    .route({ method: 'POST', path: '/provisionings', ...tag })
    .input(ProvisionRequest)
    .output(Run),
  get: procedure
    .route({ method: 'GET', path: '/runs/{id}', ...tag })
    .input(ById)
    .output(Run),
  /** First call asks Robot to end, so that tear-downs run; `now` skips the grace. */
  stop: procedure
    .route({ method: 'POST', path: '/runs/{id}/stop', ...tag })
    .input(z.object({ id: Id, reason: z.string().max(500).optional(), now: z.boolean().default(false) }))
    .output(Run),
  /** The same revision, variables, selection and SUTs again; `failedOnly` takes just the tests that did not pass. */
  rerun: procedure
    .route({ method: 'POST', path: '/runs/{id}/rerun', ...tag })
    .input(z.object({ id: Id, failedOnly: z.boolean().default(false), suts: z.array(Name).optional() }))
    .output(Run),
  setImportant: procedure
    .route({ method: 'PUT', path: '/runs/{id}/important', ...tag })
    .input(z.object({ id: Id, important: z.boolean() }))
    .output(Run),
  /** Refused with CONFLICT while it is not ended or marked important. */
  remove: procedure
    .route({ method: 'DELETE', path: '/runs/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** Every run that is not ended, then each change of any run. */
  watch: procedure.route({ method: 'GET', path: '/runs/watch', ...tag }).output(eventIterator(RunFeed)),
  /** One run, whole, at each change; ends after the run has ended. */
  follow: procedure
    .route({ method: 'GET', path: '/runs/{id}/follow', ...tag })
    .input(ById)
    .output(eventIterator(Run)),
};
