import type { TestData, TestDataRevision } from '../../src-shared/model/test-data.ts';
import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

interface TestDataRow extends TestDataRevision {
  id: string;
  name: string;
  createdAt: number;
  revisionCount: number;
}

const REVISION = `history.hash, history.test_data_id AS testDataId, history.imported_at AS importedAt, history.imported_by AS importedBy, history.source,
  revision.file_count AS fileCount, revision.size, revision.suite_count AS suiteCount, revision.case_count AS caseCount, revision.error_count AS errorCount`;
const NEWEST = `SELECT test_data.id, test_data.name, test_data.created_at AS createdAt, ${REVISION},
    (SELECT count(*) FROM test_data_revision WHERE test_data_id = test_data.id) AS revisionCount
  FROM test_data
  JOIN test_data_revision AS history ON history.id = (SELECT max(id) FROM test_data_revision WHERE test_data_id = test_data.id)
  JOIN revision ON revision.hash = history.hash`;

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

/** Newest first. */
export function listRevisions(store: ReadableStore, testDataId: string): TestDataRevision[] {
  return store
    .prepare<[string], TestDataRevision>(
      `SELECT ${REVISION} FROM test_data_revision AS history JOIN revision ON revision.hash = history.hash WHERE history.test_data_id = ? ORDER BY history.id DESC`,
    )
    .all(testDataId);
}

export function hasRevision(store: ReadableStore, hash: string): boolean {
  return store.prepare<[string], number>('SELECT 1 FROM revision WHERE hash = ?').pluck().get(hash) === 1;
}

export function saveTestData(store: WritableStore, testData: { id: string; name: string; createdAt: number }): void {
  store
    .prepare(
      `INSERT INTO test_data (id, name, name_key, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key`,
    )
    .run(testData.id, testData.name, nameKey(testData.name), testData.createdAt);
}

export function saveRevision(store: WritableStore, revision: Omit<TestDataRevision, 'suiteCount' | 'caseCount' | 'errorCount'>): void {
  store
    .prepare('INSERT INTO revision (hash, file_count, size) VALUES (@hash, @fileCount, @size) ON CONFLICT (hash) DO NOTHING')
    .run(revision);
  store
    .prepare(
      `INSERT INTO test_data_revision (test_data_id, hash, imported_at, imported_by, source)
       VALUES (@testDataId, @hash, @importedAt, @importedBy, @source)`,
    )
    .run(revision);
}

export interface RevisionCounts {
  suiteCount: number;
  caseCount: number;
  errorCount: number;
}

export function saveCounts(store: WritableStore, hash: string, counts: RevisionCounts): void {
  store
    .prepare('UPDATE revision SET suite_count = @suiteCount, case_count = @caseCount, error_count = @errorCount WHERE hash = @hash')
    .run({ hash, ...counts });
}

/** Removes the name and its history; a revision stays while another name or a run has it. */
export function deleteTestData(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM test_data WHERE id = ?').run(id);
  store
    .prepare('DELETE FROM revision WHERE hash NOT IN (SELECT hash FROM test_data_revision) AND hash NOT IN (SELECT revision FROM run)')
    .run();
}

export function countRunsOf(store: ReadableStore, testDataId: string): number {
  return store.prepare<[string], number>('SELECT count(*) FROM run WHERE test_data_id = ?').pluck().get(testDataId) ?? 0;
}

/** What identifies a discovery: the same content looked at by the same Robot and the same script gives the same answer. */
export interface DiscoveryKey {
  revision: string;
  robotVersion: string;
  schema: number;
}

/** The hash under which the content store has it. */
export function findDiscovery(store: ReadableStore, key: DiscoveryKey): string | undefined {
  return store
    .prepare<[DiscoveryKey], string>(
      'SELECT content FROM discovery WHERE revision = @revision AND robot_version = @robotVersion AND schema = @schema',
    )
    .pluck()
    .get(key);
}

export function saveDiscovery(store: WritableStore, discovery: DiscoveryKey & { content: string; foundAt: number }): void {
  store
    .prepare(
      `INSERT INTO discovery (revision, robot_version, schema, content, found_at) VALUES (@revision, @robotVersion, @schema, @content, @foundAt)
       ON CONFLICT DO UPDATE SET content = excluded.content, found_at = excluded.found_at`,
    )
    .run(discovery);
}

function shape({ id, name, createdAt, revisionCount, ...newest }: TestDataRow): TestData {
  return { id, name, createdAt, newest, revisionCount };
}
