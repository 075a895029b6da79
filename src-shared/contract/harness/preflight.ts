import { eventIterator } from '@orpc/contract';
import { Preflight } from '../../model/preflight.ts';
import { RunRequest } from '../../model/run.ts';
import { procedure } from '../base.ts';

export const preflight = {
  /**
   * Why can't I run? Takes what `runs.start` takes and starts nothing. The first item comes at once; the last has nothing pending. Leaving
   * the stream ends what is still looking.
   */
  check: procedure
    .route({ method: 'POST', path: '/preflight', tags: ['Preflight'] })
    .input(RunRequest)
    .output(eventIterator(Preflight)),
};
