import { join } from 'node:path';
import { moveRun, type RunMove } from '../../store/run-moves.ts';
import { findRun, type RunRow } from '../../store/runs.ts';
import type { DiskRoom } from './disk-room.ts';
import type { LiveProgress } from './live-progress.ts';
import { announce, type RunServices } from './run-services.ts';

/** What a step is done with. */
export interface Conducting {
  services: RunServices;
  live: LiveProgress;
  room: DiskRoom;
  /** Somebody stopped the run before Robot was started. */
  cancel: AbortSignal;
  /** The harness closes: the run is left as it is, for the next start to go on with. */
  leaving: AbortSignal;
  /** A run has ended, what it held is free: others may begin. */
  onEnded: () => void;
}

export async function advance(conducting: Conducting, move: RunMove): Promise<void> {
  await settle(conducting, move.id, () => moveRun(conducting.services.store, move));
}

/** Writes a move, also on a full disk as soon as there is room, and says so. */
export async function settle({ services, live, room, leaving }: Conducting, id: string, write: () => unknown): Promise<void> {
  await room.surely(() => {
    live.forget(id);
    write();
  }, leaving);
  announce(services, [id]);
}

/** A stop that is in the store at this moment counts: decided in the transaction that would go on. */
export async function advanceUnlessStopped(
  conducting: Conducting,
  row: RunRow,
  move: Pick<RunMove, 'event' | 'outcome' | 'note'>,
): Promise<void> {
  const { store, clock } = conducting.services;
  await settle(conducting, row.id, () =>
    store.transaction(() => {
      const stopped = findRun(store, row.id)?.stop_requested_at !== null;
      const at = clock.now();
      moveRun(
        store,
        stopped ? { id: row.id, event: 'stopped', at, note: 'Stopped before Robot was started.' } : { id: row.id, at, ...move },
      );
    })(),
  );
}

export function folderOf(services: RunServices, id: string): string {
  return join(services.runsFolder, id);
}
