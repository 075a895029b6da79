import { z } from 'zod';
import { ItemStatus } from './record.ts';
import { RunSummary } from './run.ts';
import { Id } from './text.ts';

export const ComparisonQuestion = z.object({ ids: z.array(Id).min(2, 'Name two runs at least.').max(6, 'Six runs are the most.') });

/** One fact of each run, in the order asked for; null: it has none. */
export const ComparedFact = z.object({
  group: z.enum(['run', 'testData', 'environment', 'machine', 'variables', 'options']),
  name: z.string(),
  values: z.array(z.string().nullable()),
  differs: z.boolean(),
});
export type ComparedFact = z.infer<typeof ComparedFact>;

export const ComparedTest = z.object({
  longName: z.string(),
  /** Null where a run does not have the test. */
  outcomes: z.array(z.object({ status: ItemStatus, tookMs: z.number().nullable(), message: z.string().nullable() }).nullable()),
  differs: z.boolean(),
});
export type ComparedTest = z.infer<typeof ComparedTest>;

export const Comparison = z.object({
  runs: z.array(RunSummary),
  /** What differs first. */
  facts: z.array(ComparedFact),
  tests: z.array(ComparedTest),
  /** Tests that are left out of `tests`, all of them equal. */
  equalLeftOut: z.number().int(),
});
export type Comparison = z.infer<typeof Comparison>;
