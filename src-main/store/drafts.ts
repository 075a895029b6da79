import type { Draft } from '../../src-shared/model/editor.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

interface Row {
  test_data_id: string;
  person: string;
  path: string;
  base: string;
  version: number;
  changed_at: number;
}

export interface DraftKey {
  testDataId: string;
  person: string;
  path: string;
}

const COLUMNS = 'test_data_id, person, path, base, version, changed_at';

export function listDrafts(store: ReadableStore, person: string, testDataId?: string): Draft[] {
  const sql = `SELECT ${COLUMNS} FROM draft WHERE person = ? AND (? IS NULL OR test_data_id = ?) ORDER BY changed_at DESC, path`;
  return store
    .prepare<[string, string | null, string | null], Row>(sql)
    .all(person, testDataId ?? null, testDataId ?? null)
    .map(draftOf);
}

export function findDraft(store: ReadableStore, key: DraftKey): { draft: Draft; text: string } | undefined {
  const sql = `SELECT ${COLUMNS}, text FROM draft WHERE test_data_id = ? AND person = ? AND path = ?`;
  const row = store.prepare<[string, string, string], Row & { text: string }>(sql).get(key.testDataId, key.person, key.path);
  return row === undefined ? undefined : { draft: draftOf(row), text: row.text };
}

export function putDraft(store: WritableStore, draft: Draft, text: string): void {
  store
    .prepare(
      `INSERT INTO draft (${COLUMNS}, text) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (test_data_id, person, path)
       DO UPDATE SET base = excluded.base, version = excluded.version, changed_at = excluded.changed_at, text = excluded.text`,
    )
    .run(draft.testDataId, draft.by, draft.path, draft.base, draft.version, draft.changedAt, text);
}

export function deleteDraft(store: WritableStore, key: DraftKey): void {
  store.prepare('DELETE FROM draft WHERE test_data_id = ? AND person = ? AND path = ?').run(key.testDataId, key.person, key.path);
}

function draftOf(row: Row): Draft {
  return {
    testDataId: row.test_data_id,
    path: row.path,
    base: row.base,
    by: row.person,
    version: row.version,
    changedAt: row.changed_at,
  };
}
