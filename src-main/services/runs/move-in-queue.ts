import { WorkbenchError } from '../../errors.ts';
import { listUnendedRuns, updateRun } from '../../store/runs.ts';
import { byTurn } from './decide-queue.ts';
import { needRun } from './keep-run.ts';
import type { RunServices } from './run-services.ts';

/** A run in the queue, as moving sees it: `turn` grows towards the end among those of one priority. */
export interface Turn {
  id: string;
  priority: number;
  turn: number;
}

/**
 * The queue with one run at another place, 0 = next. Turns are dealt out anew among those that were there, so a run that comes later is behind
 * all of them; the moved run takes the priority of its neighbours where its own does not fit between them.
 */
export function movedQueue(queue: readonly Turn[], id: string, place: number): Turn[] {
  const mover = queue.find((each) => each.id === id);
  if (mover === undefined) return [...queue];
  const others = queue.filter((each) => each.id !== id);
  const at = Math.min(Math.max(place, 0), others.length);
  const above = others[at - 1]?.priority ?? Infinity;
  const below = others[at]?.priority ?? -Infinity;
  const priority = Math.min(above, Math.max(below, mover.priority));
  const order = [...others.slice(0, at), { ...mover, priority }, ...others.slice(at)];
  const turns = queue.map(({ turn }) => turn).sort((a, b) => a - b);
  return order.map((each, index) => ({ ...each, turn: turns[index] ?? each.turn }));
}

/** Writes what has changed by the move, in one transaction. */
export function moveInQueue(services: Pick<RunServices, 'store'>, { id, position }: { id: string; position: number }): void {
  const { store } = services;
  store.transaction(() => {
    if (needRun(services, id).state !== 'queued') throw new WorkbenchError('CONFLICT', 'This run has left the queue. It cannot be moved.');
    const before = listUnendedRuns(store)
      .filter(({ state }) => state === 'queued')
      .map((row) => ({ id: row.id, priority: row.priority, turn: row.turn ?? row.number }))
      .sort((a, b) => byTurn({ ...a, number: a.turn }, { ...b, number: b.turn }));
    const known = new Map(before.map((each) => [each.id, each]));
    for (const { id: each, priority, turn } of movedQueue(before, id, position - 1)) {
      const old = known.get(each);
      if (old?.priority !== priority || old.turn !== turn) updateRun(store, each, { priority, turn });
    }
  })();
}
