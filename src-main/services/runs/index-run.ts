import { setImmediate as turn } from 'node:timers/promises';
import type { WritableStore } from '../../store/handle.ts';
import { indexRunSteps, listUnindexedRuns } from '../../store/run-search-index.ts';

/** Makes the results of a run findable without holding up anybody: every few milliseconds others have their turn. */
export async function indexRunResults(store: WritableStore, run: number, signal?: AbortSignal): Promise<void> {
  const steps = indexRunSteps(store, run);
  while (steps.next().done !== true) {
    await turn();
    if (signal?.aborted === true) return; // the next start finds it unindexed
  }
}

/** What a kill left unindexed, after the start. */
export async function indexMissingRuns(store: WritableStore, signal: AbortSignal): Promise<void> {
  for (const run of listUnindexedRuns(store)) {
    await indexRunResults(store, run, signal);
    await turn();
    if (signal.aborted) return;
  }
}
