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
    lock = new Database(file, { timeout: 0, ...native(nativeBinding) });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return null;
    throw storeError(error, file);
  }
  const held = lock;
  return { release: () => held.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

function native(nativeBinding: string | undefined) {
  return nativeBinding === undefined ? {} : { nativeBinding };
}
