import type { RunFeed } from '../../src-shared/contract/harness/runs.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';

export interface RunsState {
  /** False until the first snapshot. */
  readonly known: boolean;
  readonly active: ReadonlyMap<string, RunSummary>;
  /** Ids in order: oldest start first, and by place in the queue. Kept as they are while nobody joins, leaves or moves. */
  readonly running: readonly string[];
  readonly queued: readonly string[];
  /** Grows whenever an ended run appeared, changed or was removed: lists of ended runs ask again. */
  readonly settled: number;
}

export const EMPTY_RUNS: RunsState = { known: false, active: new Map(), running: [], queued: [], settled: 0 };

interface Reduced {
  readonly state: RunsState;
  /** Ended now; they were active before. */
  readonly ended: readonly RunSummary[];
  /** Active before, absent from a new snapshot: ended or removed while nobody looked. */
  readonly vanished: readonly string[];
}

export function reduceRuns(before: RunsState, items: readonly RunFeed[]): Reduced {
  let active = new Map(before.active);
  let settled = before.settled;
  const ended: RunSummary[] = [];
  const vanished: string[] = [];
  for (const item of items) {
    if (item.type === 'snapshot') {
      const next = new Map(item.active.map((run) => [run.id, run]));
      vanished.push(...[...active.keys()].filter((id) => !next.has(id)));
      active = next;
      settled += 1;
      continue;
    }
    for (const run of item.runs) {
      if (run.state !== 'ended') active.set(run.id, run);
      else if (active.delete(run.id)) ended.push(run);
      if (run.state === 'ended') settled += 1;
    }
    for (const id of item.removed) active.delete(id);
    if (item.removed.length > 0) settled += 1;
  }
  return { state: { known: true, active, ...orderOf(active, before), settled }, ended, vanished };
}

function orderOf(active: ReadonlyMap<string, RunSummary>, before: RunsState): Pick<RunsState, 'running' | 'queued'> {
  const all = [...active.values()];
  const running = all.filter((run) => run.state !== 'queued').toSorted((a, b) => startOf(a) - startOf(b));
  const queued = all.filter((run) => run.state === 'queued').toSorted((a, b) => placeOf(a) - placeOf(b) || a.createdAt - b.createdAt);
  return { running: keepIfSame(before.running, running), queued: keepIfSame(before.queued, queued) };
}

const startOf = (run: RunSummary): number => run.startedAt ?? run.createdAt;
const placeOf = (run: RunSummary): number => run.queuePosition ?? Number.MAX_SAFE_INTEGER;

function keepIfSame(before: readonly string[], runs: readonly RunSummary[]): readonly string[] {
  const same = before.length === runs.length && runs.every((run, index) => run.id === before[index]);
  return same ? before : runs.map((run) => run.id);
}
