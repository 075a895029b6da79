import type { LibraryRef, LibraryVersion } from '../../src-shared/model/library.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** A library without what others say of it. */
export interface LibraryRow {
  id: string;
  name: string;
  nameKey: string;
  description: string;
  importNames: string[];
  createdAt: number;
}

/** `fileName`: what the wheel must be called to be installed. */
export interface LibraryVersionRow extends LibraryVersion {
  libraryId: string;
  fileName: string | null;
}

type RawLibrary = Omit<LibraryRow, 'importNames'> & { importNames: string };

const LIBRARY = 'SELECT id, name, name_key AS nameKey, description, import_names AS importNames, created_at AS createdAt FROM library';
const VERSION = `SELECT id, library_id AS libraryId, version, source, requirement, sha256, file_name AS fileName, origin, size, added_at AS addedAt,
  added_by AS addedBy FROM library_version`;

export function listLibraries(store: ReadableStore): LibraryRow[] {
  return store.prepare<[], RawLibrary>(`${LIBRARY} ORDER BY name_key`).all().map(parse);
}

export function findLibrary(store: ReadableStore, id: string): LibraryRow | undefined {
  const row = store.prepare<[string], RawLibrary>(`${LIBRARY} WHERE id = ?`).get(id);
  return row && parse(row);
}

export function findLibraryByKey(store: ReadableStore, nameKey: string): LibraryRow | undefined {
  const row = store.prepare<[string], RawLibrary>(`${LIBRARY} WHERE name_key = ?`).get(nameKey);
  return row && parse(row);
}

/** Newest first. */
export function listLibraryVersions(store: ReadableStore, libraryId: string): LibraryVersionRow[] {
  return store.prepare<[string], LibraryVersionRow>(`${VERSION} WHERE library_id = ? ORDER BY added_at DESC, id DESC`).all(libraryId);
}

export function saveLibrary(store: WritableStore, library: LibraryRow): void {
  store
    .prepare(
      `INSERT INTO library (id, name, name_key, description, import_names, created_at) VALUES (@id, @name, @nameKey, @description, @names, @createdAt)
       ON CONFLICT (id) DO UPDATE SET description = excluded.description, import_names = excluded.import_names`,
    )
    .run({ ...library, importNames: null, names: JSON.stringify(library.importNames) });
}

export function saveLibraryVersion(store: WritableStore, version: LibraryVersionRow): void {
  store
    .prepare(
      `INSERT INTO library_version (id, library_id, version, source, requirement, sha256, file_name, origin, size, added_at, added_by)
       VALUES (@id, @libraryId, @version, @source, @requirement, @sha256, @fileName, @origin, @size, @addedAt, @addedBy)`,
    )
    .run(version);
}

/** Contents that a folder of modules is made of: they stay, for runs may have been bound to it. */
export function saveFolderFiles(store: WritableStore, folder: string, files: readonly { sha256: string }[]): void {
  const save = store.prepare('INSERT INTO library_folder_file (folder, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING');
  save.run(folder, folder);
  files.forEach(({ sha256 }) => save.run(folder, sha256));
}

/** What a folder of modules is made of, the list of its files included. */
export function listFolderFiles(store: ReadableStore, folder: string): string[] {
  return store.prepare<[string], string>('SELECT sha256 FROM library_folder_file WHERE folder = ? ORDER BY sha256').pluck().all(folder);
}

/** The file name of a wheel that the registry has, by its hash. */
export function findWheelName(store: ReadableStore, sha256: string): string | undefined {
  const sql = 'SELECT file_name FROM library_version WHERE sha256 = ? AND file_name IS NOT NULL';
  return store.prepare<[string], string>(sql).pluck().get(sha256);
}

export function deleteLibrary(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM library WHERE id = ?').run(id);
}

export function deleteLibraryVersion(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM library_version WHERE id = ?').run(id);
}

export function listAttached(store: ReadableStore, testDataId: string): LibraryRef[] {
  const sql = 'SELECT library_id AS libraryId, version_id AS versionId FROM test_data_library WHERE test_data_id = ? ORDER BY library_id';
  return store.prepare<[string], LibraryRef>(sql).all(testDataId);
}

/** Every use: which test data have it attached, and at which version when not at the newest. */
export function listAttachments(store: ReadableStore): (LibraryRef & { testDataId: string; testDataName: string })[] {
  return store
    .prepare<[], LibraryRef & { testDataId: string; testDataName: string }>(
      `SELECT library_id AS libraryId, version_id AS versionId, test_data.id AS testDataId, test_data.name AS testDataName
       FROM test_data_library JOIN test_data ON test_data.id = test_data_id ORDER BY test_data.name_key`,
    )
    .all();
}

export function saveAttachment(store: WritableStore, attachment: LibraryRef & { testDataId: string }): void {
  store
    .prepare(
      `INSERT INTO test_data_library (test_data_id, library_id, version_id) VALUES (@testDataId, @libraryId, @versionId)
       ON CONFLICT DO UPDATE SET version_id = excluded.version_id`,
    )
    .run(attachment);
}

export function deleteAttachment(store: WritableStore, attachment: { testDataId: string; libraryId: string }): void {
  store.prepare('DELETE FROM test_data_library WHERE test_data_id = @testDataId AND library_id = @libraryId').run(attachment);
}

/** Runs that are not ended and were bound to it: they may have to install it still. */
export function countWaitingFor(store: ReadableStore, sha256: string): number {
  const sql =
    "SELECT count(*) FROM run WHERE state <> 'ended' AND EXISTS (SELECT 1 FROM json_each(libraries) WHERE value ->> '$.sha256' = ?)";
  return store.prepare<[string], number>(sql).pluck().get(sha256) ?? 0;
}

function parse(row: RawLibrary): LibraryRow {
  return { ...row, importNames: JSON.parse(row.importNames) as string[] };
}
