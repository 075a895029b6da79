import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Activity, ActivityFigures, ActivitySpan, QueueMove, UsageSample } from '../../model/activity.ts';
import { RunSummary } from '../../model/run.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Activity'] };

export const activity = {
  now: procedure.route({ method: 'GET', path: '/activity', ...tag }).output(Activity),
  /** Whole, at each change and at each look at the processes of runs. */
  watch: procedure.route({ method: 'GET', path: '/activity/watch', ...tag }).output(eventIterator(Activity)),
  figures: procedure
    .route({ method: 'GET', path: '/activity/figures', ...tag })
    .input(z.object({ span: ActivitySpan.default('day') }))
    .output(ActivityFigures),
  /** What the processes of a run took; also of one that has ended. */
  usage: procedure
    .route({ method: 'GET', path: '/runs/{id}/usage', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(UsageSample)),
  /** Gives a queued run another turn. Its priority becomes that of its new neighbours where they differ. Answers the queue. */
  move: procedure
    .route({ method: 'POST', path: '/activity/queue/{id}/move', ...tag })
    .input(QueueMove)
    .output(z.array(RunSummary)),
};
