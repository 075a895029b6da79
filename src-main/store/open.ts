import Database from 'better-sqlite3';
import { WorkbenchError } from '../errors.ts';
import type { ReadableStore, WritableStore } from './handle.ts';
import { migrate } from './migrate.ts';
import { migrations as allMigrations } from './migrations/registry.ts';
import type { Migration } from './migrations/migration.ts';
import { storeError } from './store-error.ts';

export interface Store {
  readonly write: WritableStore;
  readonly read: ReadableStore;
  close(): void;
}

export interface StoreOptions {
  file: string;
  /** Folder for the copy that is made before the schema changes. */
  backups: string;
  /** UTC ms, recorded with the migrations that are applied. */
  now: number;
  nativeBinding?: string | undefined;
  migrations?: readonly Migration[];
}

/** How long one statement waits for another connection of the same harness (a worker's reading never blocks; a checkpoint may). */
const BUSY_TIMEOUT_MS = 5000;

/** Opens the harness store and brings its schema up to date. Throws HOME_UNUSABLE or DISK_FULL with a sentence that says what to do. */
export function openStore(options: StoreOptions): Store {
  let write: WritableStore | undefined;
  try {
    write = openForWriting(options);
    migrate(write, { migrations: options.migrations ?? allMigrations, backups: options.backups, now: options.now });
    const read = openForReading(options.file, options.nativeBinding);
    return closing(write, read);
  } catch (error) {
    write?.close();
    throw storeError(error, options.file);
  }
}

/** A read-only connection of one's own, for workers and long queries. */
export function openForReading(file: string, nativeBinding?: string): ReadableStore {
  const read: ReadableStore = new Database(file, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
    ...native(nativeBinding),
  });
  read.pragma('query_only = ON');
  return read;
}

function openForWriting(options: StoreOptions): WritableStore {
  const write = new Database(options.file, { timeout: BUSY_TIMEOUT_MS, ...native(options.nativeBinding) });
  try {
    if (write.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
      throw new WorkbenchError(
        'HOME_UNUSABLE',
        `The file system of ${options.file} cannot hold a database. Choose a home on a local disk.`,
      );
    }
    write.pragma('synchronous = FULL');
    write.pragma('foreign_keys = ON');
    return write as unknown as WritableStore;
  } catch (error) {
    write.close();
    throw error;
  }
}

function native(nativeBinding: string | undefined) {
  return nativeBinding === undefined ? {} : { nativeBinding };
}

function closing(write: WritableStore, read: ReadableStore): Store {
  return {
    write,
    read,
    close: () => {
      read.close();
      write.close();
    },
  };
}
