import { z } from 'zod';
import { Id } from '../../model/text.ts';
import { Timeline } from '../../model/timeline.ts';
import { procedure } from '../base.ts';

export const timeline = {
  /** The machines of a run on one axis of time: console, deeds, event log, sensors. While it goes on: so far. Empty for a run without machines. */
  read: procedure
    .route({ method: 'GET', path: '/runs/{id}/timeline', tags: ['Runs'] })
    .input(z.object({ id: Id }))
    .output(Timeline),
};
