import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { RetentionPart, RetentionPolicy, RetentionPreview } from '../../model/retention.ts';
import { Progress } from '../../model/system.ts';
import { Id, Timestamp } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Retention'] };

const RetentionEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: Progress }),
  z.object({ type: z.literal('done'), removed: z.number().int(), freed: z.number().int(), troubles: z.array(z.string()) }),
]);

export const retention = {
  policy: procedure.route({ method: 'GET', path: '/retention', ...tag }).output(RetentionPolicy),
  /** Changes what will be removed; removes nothing yet. */
  savePolicy: procedure
    .route({ method: 'PUT', path: '/retention', ...tag })
    .input(RetentionPolicy)
    .output(RetentionPolicy),
  /** What would go by this policy, or by the kept one. */
  preview: procedure
    .route({ method: 'POST', path: '/retention/preview', ...tag })
    .input(z.object({ policy: RetentionPolicy.optional() }))
    .output(RetentionPreview),
  /** Removes exactly what the preview with this digest showed; CONFLICT when that has changed. Leaving the feed stops after the present one. */
  apply: procedure
    .route({ method: 'POST', path: '/retention/apply', ...tag })
    .input(z.object({ digest: z.string() }))
    .output(eventIterator(RetentionEvent)),
  /** What of a run was removed, and when. */
  removedOf: procedure
    .route({ method: 'GET', path: '/runs/{id}/removed', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(z.object({ part: RetentionPart, at: Timestamp }))),
};
