import Database from 'better-sqlite3';
import { storeError } from './store-error.ts';

/** Held until `release`, or until the process ends in whatever way: the operating system gives it back, so no stale lock can exist. */
export interface FileLock {
  release(): void;
}

/** Takes an exclusive lock on a file of its own; null when another process (or another part of this one) has it. */
export function lockFile(file: string, nativeBinding?: string): FileLock | null {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file, { timeout: 0, ...(nativeBinding === undefined ? {} : { nativeBinding }) });
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return null;
    throw storeError(error, file);
  }
  const held = lock;
  return { release: () => held.close() };
}
