import { join } from 'node:path';
import { moveRun, type RunMove } from '../../store/run-moves.ts';
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

export function folderOf(services: RunServices, id: string): string {
  return join(services.runsFolder, id);
}
