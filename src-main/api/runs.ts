import { implement } from '@orpc/server';
import type { RunFeed } from '../../src-shared/contract/harness/runs.ts';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Run } from '../../src-shared/model/run.ts';
import type { Changes } from '../changes.ts';
import type { ApiContext } from '../harness.ts';
import type { Runs } from '../services/runs/create-runs.ts';
import { coalescedFeed } from './feed.ts';

/** All of `runs` but its lists (run-list.ts). */
export function runDeedsPart(runs: Runs, changes: Changes) {
  const procedures = implement(harnessContract.runs).$context<ApiContext>();
  return {
    start: procedures.start.handler(({ input, context }) => runs.start(input, context.caller)),
    provision: procedures.provision.handler(({ input, context }) => runs.provision(input, context.caller)),
    get: procedures.get.handler(({ input }) => runs.get(input.id)),
    stop: procedures.stop.handler(({ input, context }) => runs.stop(input, context.caller)),
    rerun: procedures.rerun.handler(({ input, context }) => runs.rerun(input, context.caller)),
    setImportant: procedures.setImportant.handler(({ input }) => runs.setImportant(input.id, input.important)),
    remove: procedures.remove.handler(async ({ input }) => {
      await runs.remove(input.id);
      return { removed: true };
    }),
    watch: procedures.watch.handler(({ signal }) => runFeed(runs, changes, signal)),
    follow: procedures.follow.handler(({ input, signal }) => followRun(runs, changes, { id: input.id, signal })),
  };
}

/** Every run that is not ended, then those that changed, whole. */
function runFeed(runs: Runs, changes: Changes, signal: AbortSignal | undefined) {
  let seq = 0;
  return coalescedFeed<{ ids: string[]; removed: string[] }, Set<string>, RunFeed>({
    listen: (listener) => changes.on('runs:changed', listener),
    first: () => ({ type: 'snapshot', seq, active: runs.active() }),
    merge: (pending = new Set(), { ids, removed }) => new Set([...pending, ...ids, ...removed]),
    take: (pending) => {
      const changed = runs.summaries([...pending]);
      const present = new Set(changed.map(({ id }) => id));
      seq += 1;
      return { type: 'changed', seq, runs: changed, removed: [...pending].filter((id) => !present.has(id)) };
    },
    signal,
    pauseMs: 50,
  });
}

/** The run, and the run at each change, until it has ended. */
function followRun(runs: Runs, changes: Changes, { id, signal }: { id: string; signal: AbortSignal | undefined }) {
  const over = new AbortController();
  const look = (): Run => {
    const run = runs.get(id);
    if (run.state === 'ended') over.abort();
    return run;
  };
  return coalescedFeed<'changed' | 'ended', true, Run>({
    listen: (listener) => {
      const stops = [
        changes.on('runs:changed', ({ ids, removed }) => (ids.includes(id) || removed.includes(id)) && listener('changed')),
        changes.on('run:ended', (ended) => ended.id === id && listener('ended')),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    first: look,
    merge: () => true,
    take: look,
    urgent: (change) => change === 'ended',
    signal: signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]),
    pauseMs: 50,
  });
}
