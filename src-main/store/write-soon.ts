import { open } from 'node:fs/promises';
import type { WritableStore } from './handle.ts';

/** `PRAGMA synchronous`: the log is handed to the system at a commit; FULL waits for the disk besides. */
const NORMAL = 1;
const underway = new Set<string>();

/**
 * Writes without waiting for the disk, which takes a commit some milliseconds. The system has it at once, so the end of this process loses nothing,
 * and the disk has it a moment later. For rows in somebody's way that say what is done, not what may be done: a power cut may cost the last of them.
 */
export function writeSoon(store: WritableStore, write: () => void): void {
  const usual = Number(store.pragma('synchronous', { simple: true }));
  if (store.inTransaction || usual <= NORMAL) return write();
  store.pragma(`synchronous = ${NORMAL}`);
  try {
    write();
  } finally {
    store.pragma(`synchronous = ${usual}`);
  }
  void bringToDisk(`${store.name}-wal`);
}

/** What is written while it goes on waits for the next one, or for the next commit that waits itself. */
async function bringToDisk(log: string): Promise<void> {
  if (underway.has(log)) return;
  underway.add(log);
  try {
    const file = await open(log, 'r+');
    await file.datasync().finally(() => file.close());
  } catch {
    // The store was closed meanwhile, which brings everything to the disk.
  } finally {
    underway.delete(log);
  }
}
