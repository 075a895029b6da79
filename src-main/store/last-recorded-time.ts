import type { ReadableStore } from './handle.ts';

/** The latest time that any durable fact carries: a clock that was set back must not make new facts older than these. */
export function lastRecordedTime(store: ReadableStore): number {
  return (
    store
      .prepare<[], number>(
        `SELECT max(at) FROM (
           SELECT max(created_at) AS at FROM test_data_revision
           UNION ALL SELECT max(changed_at) FROM sut
           UNION ALL SELECT max(changed_at) FROM reservation)`,
      )
      .pluck()
      .get() ?? 0
  );
}
