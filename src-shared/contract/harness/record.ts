import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ItemStatus, RecordDelta, RecordFailure, RecordItem, RecordMessage } from '../../model/record.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Run record'] };
const OfRun = z.object({ id: Id });
const page = { limit: z.coerce.number().int().min(1).max(2000).default(500) };

/** One test as it stands after the reruns of its failures: the newest outcome counts, the earlier ones stay visible. */
export const MergedTest = z.object({
  longName: z.string(),
  name: z.string(),
  status: ItemStatus,
  /** The run that the counting outcome comes from, and its item there. */
  runId: Id,
  item: z.number().int(),
  message: z.string().nullable(),
  outcomes: z.array(z.object({ runId: Id, status: ItemStatus })),
});
export type MergedTest = z.infer<typeof MergedTest>;

/** An item on an axis of time; level 0 is a test, or the set-up or tear-down of a suite. */
export const TimedItem = RecordItem.extend({ level: z.number().int() });
export type TimedItem = z.infer<typeof TimedItem>;

export const record = {
  /** Rows below `parent` (null: the root suite), in order of start, after `afterId`. Works while the run goes on. */
  children: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/children', ...tag })
    .input(OfRun.extend({ parent: z.coerce.number().int().nullable().default(null), afterId: z.coerce.number().int().default(0), ...page }))
    .output(z.object({ items: z.array(RecordItem), more: z.boolean() })),
  /** Exactly these rows, to bring running ones up to date. */
  items: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/items', ...tag })
    .input(OfRun.extend({ ids: z.array(z.coerce.number().int()).max(2000) }))
    .output(z.array(RecordItem)),
  /** Ancestors from the root suite down to the item itself. */
  path: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/path', ...tag })
    .input(OfRun.extend({ item: z.coerce.number().int() }))
    .output(z.array(RecordItem)),
  /** Messages of one item; `item: null` = errors of the execution as a whole. */
  messages: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/messages', ...tag })
    .input(OfRun.extend({ item: z.coerce.number().int().nullable(), afterId: z.coerce.number().int().default(0), ...page }))
    .output(z.object({ messages: z.array(RecordMessage), more: z.boolean() })),
  failures: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/failures', ...tag })
    .input(OfRun.extend({ afterId: z.coerce.number().int().default(0), ...page }))
    .output(z.object({ failures: z.array(RecordFailure), total: z.number().int(), more: z.boolean() })),
  /** Names, arguments and messages that hold `text`; bounded in time, `resumeAt` goes on from there. */
  find: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/find', ...tag })
    .input(OfRun.extend({ text: z.string().min(1).max(500), afterId: z.coerce.number().int().default(0), ...page }))
    .output(z.object({ items: z.array(RecordItem), resumeAt: z.number().int().nullable() })),
  /** Snapshot of suites and tests, then deltas while the run goes on; `cursor` goes on from where a reader was. Ends with the run. */
  follow: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/follow', ...tag })
    .input(OfRun.extend({ cursor: z.string().optional() }))
    .output(eventIterator(RecordDelta)),
  /** What ran between two moments, as a timeline draws it: tests at level 0, their keywords below; too short for `shortest` ms is left out. `cut`: there was more. */
  within: procedure
    .route({ method: 'GET', path: '/runs/{id}/record/within', ...tag })
    .input(
      OfRun.extend({
        from: z.coerce.number().int(),
        to: z.coerce.number().int(),
        shortest: z.coerce.number().min(0).default(0),
        levels: z.coerce.number().int().min(1).max(8).default(4),
      }),
    )
    .output(z.object({ items: z.array(TimedItem), cut: z.boolean() })),
  /** Console bytes from an offset as text; negative offset = that many bytes before the end. */
  console: procedure
    .route({ method: 'GET', path: '/runs/{id}/console', ...tag })
    .input(
      OfRun.extend({ offset: z.coerce.number().int().default(0), limit: z.coerce.number().int().min(1).max(1_048_576).default(262_144) }),
    )
    .output(z.object({ text: z.string(), offset: z.number().int(), next: z.number().int(), size: z.number().int() })),
  /** The run and the reruns of its failures, merged test by test. */
  merged: procedure
    .route({ method: 'GET', path: '/runs/{id}/merged', ...tag })
    .input(OfRun)
    .output(z.array(MergedTest)),
};
