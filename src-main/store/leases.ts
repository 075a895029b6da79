import { randomBytes } from 'node:crypto';
import type { ReadableStore, WritableStore } from './handle.ts';

/** A run's lock on one SUT. A command that carries an older `epoch` comes from a former holder and is refused. */
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
  const grow = store.prepare<[string], { epoch: number }>(
    'INSERT INTO lease_epoch (sut_id, epoch) VALUES (?, 1) ON CONFLICT (sut_id) DO UPDATE SET epoch = epoch + 1 RETURNING epoch',
  );
  const take = store.prepare('INSERT INTO lease (sut_id, run, epoch, token, taken_at) VALUES (?, ?, ?, ?, ?)');
  for (const sutId of lease.sutIds) {
    const epoch = grow.get(sutId)?.epoch ?? 1;
    take.run(sutId, lease.run, epoch, randomBytes(16).toString('hex'), lease.at);
  }
}

export function releaseLeases(store: WritableStore, run: number): void {
  store.prepare('DELETE FROM lease WHERE run = ?').run(run);
}
