import type { RevisionCounts, RevisionSource, TestDataRevision } from '../../src-shared/model/test-data.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface RevisionRow {
  hash: string;
  testDataId: string;
  number: number;
  parent: number | null;
  createdAt: number;
  author: string;
  message: string;
  source: string;
  fileCount: number;
  size: number;
  counted: 0 | 1;
  suites: number;
  cases: number;
  errors: number;
}

/** Of `test_data_revision AS history` joined with `revision`. */
export const REVISION_COLUMNS = `history.hash, history.test_data_id AS testDataId, history.number, history.parent, history.created_at AS createdAt,
  history.author, history.message, history.source, revision.file_count AS fileCount, revision.size, revision.counted,
  revision.suite_count AS suites, revision.case_count AS cases, revision.error_count AS errors`;

/** Newest first. */
export function listRevisions(store: ReadableStore, testDataId: string): TestDataRevision[] {
  return store
    .prepare<[string], RevisionRow>(
      `SELECT ${REVISION_COLUMNS} FROM test_data_revision AS history JOIN revision ON revision.hash = history.hash
       WHERE history.test_data_id = ? ORDER BY history.number DESC`,
    )
    .all(testDataId)
    .map(shapeRevision);
}

/** The test data that have this revision in their history, those that had it first at the beginning. */
export function listOwners(store: ReadableStore, hash: string): { id: string; suiteName: string }[] {
  return store
    .prepare<[string], { id: string; suiteName: string }>(
      `SELECT test_data.id, test_data.suite_name AS suiteName FROM test_data_revision AS history JOIN test_data ON test_data.id = history.test_data_id
       WHERE history.hash = ? GROUP BY test_data.id ORDER BY min(history.id)`,
    )
    .all(hash);
}

/** Every revision there is, whoever has it. */
export function listRevisionHashes(store: ReadableStore): string[] {
  return store.prepare<[], string>('SELECT hash FROM revision').pluck().all();
}

/** Its number is the next one. */
export function insertRevision(store: WritableStore, revision: Omit<TestDataRevision, 'counts' | 'number'>): void {
  const row = { ...revision, source: JSON.stringify(revision.source) };
  store.prepare('INSERT INTO revision (hash, file_count, size) VALUES (@hash, @fileCount, @size) ON CONFLICT (hash) DO NOTHING').run(row);
  store.prepare('DELETE FROM revision_leaving WHERE hash = ?').run(revision.hash);
  store
    .prepare(
      `INSERT INTO test_data_revision (test_data_id, number, hash, parent, created_at, author, message, source)
       VALUES (@testDataId, (SELECT coalesce(max(number), 0) + 1 FROM test_data_revision WHERE test_data_id = @testDataId),
         @hash, @parent, @createdAt, @author, @message, @source)`,
    )
    .run(row);
}

export function saveCounts(store: WritableStore, hash: string, counts: RevisionCounts): void {
  store
    .prepare('UPDATE revision SET counted = 1, suite_count = @suites, case_count = @cases, error_count = @errors WHERE hash = @hash')
    .run({ hash, ...counts });
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

/** So many of the newest revisions of each test data keep what was found in them, and so many others that were looked at last. */
const KEPT_DISCOVERIES = { newest: 5, last: 10 };

/** Forgets what was found in older revisions, and answers under which hashes the content store has it. */
export function takeOldDiscoveries(store: WritableStore): string[] {
  return store
    .prepare<[{ newest: number; last: number }], string>(
      `DELETE FROM discovery WHERE revision NOT IN (
         SELECT hash FROM (SELECT hash, row_number() OVER (PARTITION BY test_data_id ORDER BY number DESC) AS place FROM test_data_revision)
         WHERE place <= @newest)
       AND found_at NOT IN (SELECT found_at FROM discovery ORDER BY found_at DESC LIMIT @last) RETURNING content`,
    )
    .pluck()
    .all(KEPT_DISCOVERIES);
}

/** Revisions that nobody has any more and whose content is still to be cleaned, with what their discoveries were kept as. */
export function listLeaving(store: ReadableStore): { hash: string; discoveries: string[] }[] {
  return store
    .prepare<[], { hash: string; discovery: string }>('SELECT hash, discovery FROM revision_leaving')
    .all()
    .map(({ hash, discovery }) => ({ hash, discoveries: JSON.parse(discovery) as string[] }));
}

export function forgetLeaving(store: WritableStore, hash: string): void {
  store.prepare('DELETE FROM revision_leaving WHERE hash = ?').run(hash);
}

export function shapeRevision(row: RevisionRow): TestDataRevision {
  const { hash, testDataId, number, parent, createdAt, author, message, source, fileCount, size, counted, suites, cases, errors } = row;
  return {
    ...{ hash, testDataId, number, parent, createdAt, author, message, fileCount, size },
    source: JSON.parse(source) as RevisionSource,
    counts: counted === 1 ? { suites, cases, errors } : null,
  };
}
