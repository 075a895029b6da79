import { bumpFence } from './fences.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** A run's lock on one SUT. `epoch` and `token` are the fence it was taken with: once the SUT has another, the run's commands are refused. */
export interface Lease {
  sutId: string;
  runId: string;
  runName: string;
  epoch: number;
  token: string;
}

export function listLeases(store: ReadableStore): Lease[] {
  return store
    .prepare<[], Lease>(
      `SELECT lease.sut_id AS sutId, run.id AS runId, run.name AS runName, lease.epoch, lease.token
       FROM lease JOIN run ON run.number = lease.run ORDER BY lease.sut_id`,
    )
    .all();
}

/** Takes all SUTs or throws (the primary key refuses a second lease on one SUT); the caller holds the transaction. */
export function takeLeases(store: WritableStore, lease: { run: number; sutIds: readonly string[]; at: number }): void {
  const take = store.prepare('INSERT INTO lease (sut_id, run, epoch, token, taken_at) VALUES (?, ?, ?, ?, ?)');
  for (const sutId of lease.sutIds) {
    const fence = bumpFence(store, sutId);
    take.run(sutId, lease.run, fence.number, fence.token, lease.at);
  }
}

/** From now on what the run still sends is refused. */
export function releaseLeases(store: WritableStore, run: number): void {
  const sutIds = store.prepare<[number], string>('DELETE FROM lease WHERE run = ? RETURNING sut_id').pluck().all(run);
  for (const sutId of sutIds) bumpFence(store, sutId);
}
