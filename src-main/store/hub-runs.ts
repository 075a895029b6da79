import type { ReadableStore, WritableStore } from './handle.ts';

/** A run that came by mail, as SQLite has it; migration 210 says what each column means. */
export interface HubRunRow {
  id: string;
  person: string;
  wish: string | null;
  run_id: string | null;
  refused: string | null;
  stop: 'asked' | 'now' | 'done' | null;
  revision: number;
  told: string;
  published: 0 | 1;
}

export function findHubRun(store: ReadableStore, id: string): HubRunRow | undefined {
  return store.prepare<[string], HubRunRow>('SELECT * FROM hub_run WHERE id = ?').get(id);
}

export function findHubRunOf(store: ReadableStore, runId: string): HubRunRow | undefined {
  return store.prepare<[string], HubRunRow>('SELECT * FROM hub_run WHERE run_id = ?').get(runId);
}

/** Those of which the hub does not have everything yet, in the order in which they were asked. */
export function listOpenHubRuns(store: ReadableStore): HubRunRow[] {
  return store.prepare<[], HubRunRow>('SELECT * FROM hub_run WHERE published = 0 ORDER BY id').all();
}

export function insertHubRun(store: WritableStore, row: Pick<HubRunRow, 'id' | 'person' | 'wish' | 'refused' | 'stop'>): void {
  store.prepare('INSERT INTO hub_run (id, person, wish, refused, stop) VALUES (@id, @person, @wish, @refused, @stop)').run(row);
}

export function updateHubRun(store: WritableStore, id: string, patch: Partial<Omit<HubRunRow, 'id'>>): void {
  const columns = Object.keys(patch).map((column) => `${column} = @${column}`);
  store.prepare(`UPDATE hub_run SET ${columns.join(', ')} WHERE id = @id`).run({ ...patch, id });
}

/** The hub was restored: it is told and given everything once more. */
export function forgetWhatHubRunsTold(store: WritableStore): void {
  store.prepare("UPDATE hub_run SET told = '', published = 0").run();
}

export function findHubContent(store: ReadableStore, sha256: string): { testDataId: string; revision: string } | undefined {
  return store
    .prepare<[string], { testDataId: string; revision: string }>(
      'SELECT test_data_id AS testDataId, revision FROM hub_content WHERE sha256 = ?',
    )
    .get(sha256);
}

export function saveHubContent(
  store: WritableStore,
  sha256: string,
  { testDataId, revision }: { testDataId: string; revision: string },
): void {
  store.prepare('INSERT OR REPLACE INTO hub_content (sha256, test_data_id, revision) VALUES (?, ?, ?)').run(sha256, testDataId, revision);
}

/** A wheel of the hub that came here before. */
export function findHubLibrary(store: ReadableStore, sha256: string): { libraryId: string; versionId: string } | undefined {
  return store
    .prepare<[string], { libraryId: string; versionId: string }>(
      `SELECT library_id AS libraryId, version_id AS versionId FROM hub_library
       WHERE sha256 = ? AND EXISTS (SELECT 1 FROM library_version WHERE library_version.id = version_id)`,
    )
    .get(sha256);
}

export function saveHubLibrary(
  store: WritableStore,
  sha256: string,
  { libraryId, versionId }: { libraryId: string; versionId: string },
): void {
  store.prepare('INSERT OR REPLACE INTO hub_library (sha256, library_id, version_id) VALUES (?, ?, ?)').run(sha256, libraryId, versionId);
}
