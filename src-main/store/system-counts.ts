import type { ReadableStore } from './handle.ts';

export interface SystemCounts {
  queued: number;
  running: number;
  suts: number;
  /** Whether anything was ever imported, added or run. */
  empty: boolean;
}

export function readSystemCounts(store: ReadableStore): SystemCounts {
  const row = store
    .prepare<[], { queued: number; running: number; suts: number; empty: number }>(
      `SELECT (SELECT count(*) FROM run WHERE state = 'queued') AS queued,
         (SELECT count(*) FROM run WHERE state NOT IN ('queued', 'ended')) AS running,
         (SELECT count(*) FROM sut) AS suts,
         NOT EXISTS (SELECT 1 FROM test_data) AND NOT EXISTS (SELECT 1 FROM sut) AND NOT EXISTS (SELECT 1 FROM run) AS empty`,
    )
    .get();
  return { queued: row?.queued ?? 0, running: row?.running ?? 0, suts: row?.suts ?? 0, empty: row?.empty === 1 };
}

/** The version of SQLite itself: shows that the native module is loaded and answers. */
export function sqliteVersion(store: ReadableStore): string {
  return store.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
}

export function countSecrets(store: ReadableStore): number {
  return store.prepare<[], number>('SELECT count(*) FROM secret').pluck().get() ?? 0;
}
