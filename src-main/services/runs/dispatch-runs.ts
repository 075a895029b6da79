import { slotOfAside } from '../../../src-shared/model/set-aside.ts';
import { takeLeases, listLeases } from '../../store/leases.ts';
import { moveRun, type RunMove } from '../../store/run-moves.ts';
import { listActiveHolders } from '../../store/reservations.ts';
import { listRunSuts, listUnendedRuns, notePhase, updateRun, type RunRow } from '../../store/runs.ts';
import { findSut, listSutsSetAside } from '../../store/suts.ts';
import { byTurn, decideQueue, type QueueDecision, type QueuedRun } from './decide-queue.ts';
import { announce, type RunServices } from './run-services.ts';

/**
 * Lets runs leave the queue: the decision, the leases, the moves and the reasons of those that go on waiting are one transaction.
 * Answers the runs that have left it, for the engine to conduct.
 */
export function dispatchRuns(services: RunServices): string[] {
  const { store } = services;
  const changed = new Set<string>();
  const started = store.transaction(() => {
    const unended = listUnendedRuns(store);
    const removed = endRunsWithoutSut(services, unended, changed);
    const queued = unended.filter((row) => row.state === 'queued' && !removed.has(row.id) && services.mayBegin?.(row.id) !== false);
    if (queued.length === 0) return [];
    const decision = decide(services, queued, unended.length - queued.length - removed.size);
    const rows = new Map(queued.map((row) => [row.id, row]));
    for (const id of decision.start) lease(services, rows.get(id));
    for (const id of decision.overtaken) updateRun(store, id, { overtaken: (rows.get(id)?.overtaken ?? 0) + 1 });
    for (const waits of decision.waiting) if (explain(services, rows.get(waits.id), waits)) changed.add(waits.id);
    return decision.start;
  })();
  announce(services, [...started, ...changed]);
  services.holds.settle();
  const sutIds = sutIdsOf(services, started);
  if (sutIds.length > 0) {
    services.changes.emit('fences:changed', { sutIds });
    services.changes.emit('suts:changed', { ids: sutIds, removed: [] });
  }
  return started;
}

function decide(services: RunServices, queued: RunRow[], running: number): QueueDecision {
  const { store } = services;
  return decideQueue({
    queued: queued.map((row) => toQueued(services, row)),
    running,
    workers: services.settings().workers,
    paused: services.queuePaused(),
    leased: new Map(listLeases(store).map(({ sutId, runName }) => [sutId, runName])),
    setAside: new Map(listSutsSetAside(store).map((sut) => [sut.id, slotOfAside(sut)?.why ?? ''])),
    reserved: listActiveHolders(store),
  });
}

function toQueued({ store }: RunServices, row: RunRow): QueuedRun {
  const { id, name, priority, number, turn, started_by: startedBy, overtaken } = row;
  return { id, name, priority, number: turn ?? number, startedBy, overtaken, suts: listRunSuts(store, number) };
}

function lease({ store, clock }: RunServices, row: RunRow | undefined): void {
  if (row === undefined) return;
  const suts = listRunSuts(store, row.number);
  const at = clock.now();
  takeLeases(store, { run: row.number, sutIds: suts.map(({ id }) => id), at });
  moveRun(store, { id: row.id, event: 'leased', at });
  updateRun(store, row.id, { happened: null });
}

/** Writes only what is new: a queue that stands still costs nothing. */
function explain({ store }: RunServices, row: RunRow | undefined, { id, position, reason }: QueueDecision['waiting'][number]): boolean {
  if (row === undefined || (row.queue_position === position && row.happened === reason)) return false;
  updateRun(store, id, { queue_position: position, happened: reason });
  notePhase(store, row.number, reason);
  return true;
}

/** A run that waits for a SUT that was removed would wait for ever; one whose starter has lost the SUT never begins. */
function endRunsWithoutSut(services: RunServices, unended: RunRow[], changed: Set<string>): Set<string> {
  const { store, clock } = services;
  const holders = listActiveHolders(store);
  const over = new Set<string>();
  for (const row of unended.toSorted(byTurn)) {
    if (row.state !== 'queued') continue;
    const suts = listRunSuts(store, row.number);
    const missing = suts.find(({ id }) => findSut(store, id) === undefined);
    const lost = suts.find(({ id }) => holders.get(id) !== row.started_by);
    const at = clock.now();
    if (missing !== undefined) moveRun(store, removedSut(row, missing.name, at));
    else if (lost !== undefined) moveRun(store, lostHold(row, lost.name, at));
    else continue;
    services.holds.runEnded(row.number, at);
    over.add(row.id);
    changed.add(row.id);
  }
  return over;
}

function removedSut(row: RunRow, name: string, at: number): RunMove {
  const message = `${name} was removed while the run waited for it.`;
  const failure = { code: 'NOT_FOUND', message, cause: 'configuration' as const };
  return { id: row.id, event: 'broke', at, failure, end: { verdict: 'error', cause: 'configuration', happened: message } };
}

function lostHold(row: RunRow, name: string, at: number): RunMove {
  const note = `Never began: the reservation of ${name} by ${row.started_by} ended before.`;
  return { id: row.id, event: 'stopped', at, note, end: { verdict: 'stopped', cause: null, happened: note } };
}

function sutIdsOf({ store }: RunServices, runIds: string[]): string[] {
  const leases = listLeases(store);
  return leases.filter(({ runId }) => runIds.includes(runId)).map(({ sutId }) => sutId);
}
