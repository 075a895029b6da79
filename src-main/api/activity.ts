import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Activity } from '../../src-shared/model/activity.ts';
import type { Changes } from '../changes.ts';
import type { ApiContext } from '../harness.ts';
import type { ActivityService } from '../services/activity/activity.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

/** Runs change many times a second while they run; nobody reads that fast. */
const PAUSE_MS = 500;

export function activityPart(activity: ActivityService, changes: Changes): Part<'activity'> {
  const procedures = implement(harnessContract.activity).$context<ApiContext>();
  return {
    now: procedures.now.handler(() => activity.now()),
    watch: procedures.watch.handler(({ signal }) =>
      coalescedFeed<unknown, true, Activity>({
        listen: (listener) => {
          const stops = (['runs:changed', 'system:changed', 'activity:seen'] as const).map((change) => changes.on(change, listener));
          return () => stops.forEach((stop) => stop());
        },
        first: () => activity.now(),
        merge: () => true,
        take: () => activity.now(),
        signal,
        pauseMs: PAUSE_MS,
      }),
    ),
    figures: procedures.figures.handler(({ input }) => activity.figures(input.span)),
    usage: procedures.usage.handler(({ input }) => activity.usage(input.id)),
    move: procedures.move.handler(({ input }) => activity.move(input)),
  };
}
