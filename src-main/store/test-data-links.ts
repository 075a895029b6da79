import type { TestDataLink } from '../../src-shared/model/test-data.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface LinkRow extends Pick<TestDataLink, 'kind' | 'place' | 'ref' | 'subfolder'> {
  testDataId: string;
  /** The hash of the revision that was taken from the folder last, or the commit taken from the repository; null = nothing yet. */
  taken: string | null;
  /** When that began, by the wall clock, ms: a file that changed before it has been seen. */
  takenAt: number;
}

const COLUMNS = 'test_data_id AS testDataId, kind, place, ref, subfolder, taken, taken_at AS takenAt';

export function findLink(store: ReadableStore, testDataId: string): LinkRow | undefined {
  return store.prepare<[string], LinkRow>(`SELECT ${COLUMNS} FROM test_data_link WHERE test_data_id = ?`).get(testDataId);
}

/** Links of test data that are not in the archive. */
export function listLinks(store: ReadableStore): LinkRow[] {
  return store
    .prepare<[], LinkRow>(
      `SELECT ${COLUMNS} FROM test_data_link WHERE test_data_id IN (SELECT id FROM test_data WHERE archived_at IS NULL) ORDER BY test_data_id`,
    )
    .all();
}

/** A link is new from here on: nobody has looked at it. */
export function saveLink(store: WritableStore, link: LinkRow): void {
  store
    .prepare(
      `INSERT OR REPLACE INTO test_data_link (test_data_id, kind, place, ref, subfolder, taken, taken_at)
       VALUES (@testDataId, @kind, @place, @ref, @subfolder, @taken, @takenAt)`,
    )
    .run(link);
}

export function deleteLink(store: WritableStore, testDataId: string): void {
  store.prepare('DELETE FROM test_data_link WHERE test_data_id = ?').run(testDataId);
}

export type LinkState = Pick<TestDataLink, 'state' | 'newer' | 'problem'>;

export function saveLinkState(store: WritableStore, testDataId: string, found: LinkState & { checkedAt: number }): void {
  store
    .prepare(
      'UPDATE test_data_link SET state = @state, newer = @newer, problem = @problem, checked_at = @checkedAt WHERE test_data_id = @testDataId',
    )
    .run({ ...found, newer: found.newer === null ? null : JSON.stringify(found.newer), testDataId });
}
