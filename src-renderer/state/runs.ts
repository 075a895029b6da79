import { create } from 'zustand';
import type { RunFeed } from '../../src-shared/contract/harness/runs.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { startFeed } from '../bridge/feed.ts';
import { client } from '../bridge/client.ts';
import { pageClock } from '../bridge/use-feed.ts';
import { EMPTY_RUNS, reduceRuns, type RunsState } from './runs-reducer.ts';

/** Runs that are not ended, live. Lists of ended runs are asked for; `settled` tells when to ask again. */
export const useRuns = create<RunsState>(() => EMPTY_RUNS);

type Ended = (runs: readonly RunSummary[]) => void;
const enders = new Set<Ended>();

/** Told once about each run that ended while this page was open. */
export function onRunsEnded(listener: Ended): () => void {
  enders.add(listener);
  return () => enders.delete(listener);
}

export function startRunsFeed(): () => void {
  return startFeed({ open: (signal) => client.runs.watch(undefined, { signal }), apply: applyRunFeed }, pageClock);
}

export function applyRunFeed(items: readonly RunFeed[]): void {
  const before = useRuns.getState();
  const { state, ended, vanished } = reduceRuns(before, items);
  useRuns.setState(state);
  if (ended.length > 0) for (const listener of enders) listener(ended);
  for (const id of vanished) void fetchEnded(id);
}

/** It ended while the link was away: the new snapshot no longer has it. */
async function fetchEnded(id: string): Promise<void> {
  try {
    const run = await client.runs.get({ id });
    if (run.state === 'ended') for (const listener of enders) listener([run]);
  } catch {
    // Removed meanwhile: there is nothing to tell.
  }
}
