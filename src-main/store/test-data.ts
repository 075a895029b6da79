import type { TestData, TestDataLink } from '../../src-shared/model/test-data.ts';
import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';
import { REVISION_COLUMNS, shapeRevision, type RevisionRow } from './test-data-history.ts';

interface TestDataRow extends RevisionRow {
  id: string;
  name: string;
  suiteName: string;
  madeAt: number;
  madeBy: string;
  copiedFrom: string | null;
  archivedAt: number | null;
  revisionCount: number;
  linkKind: TestDataLink['kind'] | null;
  linkPlace: string;
  linkRef: string | null;
  linkSubfolder: string | null;
  linkState: TestDataLink['state'];
  linkCheckedAt: number | null;
  linkNewer: string | null;
  linkProblem: string | null;
}

const NEWEST = `SELECT test_data.id, test_data.name, test_data.suite_name AS suiteName, test_data.created_at AS madeAt, test_data.author AS madeBy,
    test_data.copied_from AS copiedFrom, test_data.archived_at AS archivedAt, ${REVISION_COLUMNS},
    link.kind AS linkKind, link.place AS linkPlace, link.ref AS linkRef, link.subfolder AS linkSubfolder, link.state AS linkState,
    link.checked_at AS linkCheckedAt, link.newer AS linkNewer, link.problem AS linkProblem,
    (SELECT count(*) FROM test_data_revision WHERE test_data_id = test_data.id) AS revisionCount
  FROM test_data
  JOIN test_data_revision AS history ON history.id = (SELECT max(id) FROM test_data_revision WHERE test_data_id = test_data.id)
  JOIN revision ON revision.hash = history.hash
  LEFT JOIN test_data_link AS link ON link.test_data_id = test_data.id`;

export function listTestData(store: ReadableStore): TestData[] {
  return store.prepare<[], TestDataRow>(`${NEWEST} ORDER BY test_data.name_key`).all().map(shape);
}

export function findTestData(store: ReadableStore, id: string): TestData | undefined {
  const row = store.prepare<[string], TestDataRow>(`${NEWEST} WHERE test_data.id = ?`).get(id);
  return row && shape(row);
}

export function findTestDataByName(store: ReadableStore, name: string): TestData | undefined {
  const row = store.prepare<[string], TestDataRow>(`${NEWEST} WHERE test_data.name_key = ?`).get(nameKey(name));
  return row && shape(row);
}

export interface NewTestData extends Pick<TestData, 'id' | 'name' | 'suiteName' | 'createdAt' | 'author'> {
  copiedFrom?: TestData['copiedFrom'];
}

export function insertTestData(store: WritableStore, testData: NewTestData): void {
  store
    .prepare(
      `INSERT INTO test_data (id, name, name_key, suite_name, created_at, author, copied_from)
       VALUES (@id, @name, @nameKey, @suiteName, @createdAt, @author, @copied)`,
    )
    .run({ ...testData, nameKey: nameKey(testData.name), copied: testData.copiedFrom ? JSON.stringify(testData.copiedFrom) : null });
}

export function renameTestData(store: WritableStore, { id, name }: { id: string; name: string }): void {
  store.prepare('UPDATE test_data SET name = ?, name_key = ? WHERE id = ?').run(name, nameKey(name), id);
}

/** Null takes them out of the archive. */
export function archiveTestData(store: WritableStore, id: string, archivedAt: number | null): void {
  store.prepare('UPDATE test_data SET archived_at = ? WHERE id = ?').run(archivedAt, id);
}

/**
 * Removes the name, its link and its history. Revisions that nothing has any more are no revisions from then on; their content waits in
 * `revision_leaving` for who cleans it.
 */
export function deleteTestData(store: WritableStore, id: string): void {
  const unused = 'hash NOT IN (SELECT hash FROM test_data_revision) AND hash NOT IN (SELECT revision FROM run)';
  store.prepare('DELETE FROM test_data WHERE id = ?').run(id);
  store
    .prepare(
      `INSERT INTO revision_leaving (hash, discovery) SELECT hash,
         (SELECT json_group_array(content) FROM discovery WHERE discovery.revision = revision.hash) FROM revision WHERE ${unused}
       ON CONFLICT DO NOTHING`,
    )
    .run();
  store.prepare(`DELETE FROM revision WHERE ${unused}`).run();
}

/** Runs that have these test data, the newest first. */
export function listRunsOf(store: ReadableStore, testDataId: string): { id: string; name: string; createdAt: number }[] {
  return store
    .prepare<[string], { id: string; name: string; createdAt: number }>(
      'SELECT id, name, created_at AS createdAt FROM run WHERE test_data_id = ? ORDER BY created_at DESC, number DESC',
    )
    .all(testDataId);
}

function shape(row: TestDataRow): TestData {
  return {
    id: row.id,
    name: row.name,
    suiteName: row.suiteName,
    createdAt: row.madeAt,
    author: row.madeBy,
    copiedFrom: row.copiedFrom === null ? null : (JSON.parse(row.copiedFrom) as TestData['copiedFrom']),
    archivedAt: row.archivedAt,
    link: row.linkKind === null ? null : { ...linkOf(row), kind: row.linkKind },
    newest: shapeRevision(row),
    revisionCount: row.revisionCount,
  };
}

function linkOf(row: TestDataRow): Omit<TestDataLink, 'kind'> {
  return {
    place: row.linkPlace,
    ref: row.linkRef,
    subfolder: row.linkSubfolder,
    state: row.linkState,
    checkedAt: row.linkCheckedAt,
    newer: row.linkNewer === null ? null : (JSON.parse(row.linkNewer) as TestDataLink['newer']),
    problem: row.linkProblem,
  };
}
