import type { ReadableStore, WritableStore } from './handle.ts';

/** An image of the library in a virtual drive. */
export interface LibraryMediaRow {
  id: string;
  sutId: string;
  /** Null: it was sent, and nobody knows yet which drive took it. */
  drive: string | null;
  /** Name and revision. */
  image: string;
  sha256: string;
  /** The address or file that the drive was told. */
  address: string;
  /** The run that put it in; null: a person. */
  runId: string | null;
  insertedAt: number;
}

const SELECT = `SELECT id, sut_id AS sutId, drive, image, sha256, address, run_id AS runId, inserted_at AS insertedAt FROM library_media`;

export function listMediaOfSut(store: ReadableStore, sutId: string): LibraryMediaRow[] {
  return store.prepare<[string], LibraryMediaRow>(`${SELECT} WHERE sut_id = ? ORDER BY inserted_at, id`).all(sutId);
}

export function listMediaOfRun(store: ReadableStore, runId: string): LibraryMediaRow[] {
  return store.prepare<[string], LibraryMediaRow>(`${SELECT} WHERE run_id = ? ORDER BY inserted_at, id`).all(runId);
}

/** Runs that are over and have left an image in a machine that is kept. */
export function listEndedRunsOfMedia(store: ReadableStore): string[] {
  const sql = "SELECT DISTINCT run_id FROM library_media JOIN run ON run.id = library_media.run_id WHERE run.state = 'ended'";
  return store.prepare<[], string>(sql).pluck().all();
}

export function saveLibraryMedia(store: WritableStore, row: LibraryMediaRow): void {
  store
    .prepare(
      `INSERT INTO library_media (id, sut_id, drive, image, sha256, address, run_id, inserted_at)
       VALUES (@id, @sutId, @drive, @image, @sha256, @address, @runId, @insertedAt)
       ON CONFLICT (id) DO UPDATE SET drive = excluded.drive`,
    )
    .run(row);
}

export function deleteLibraryMedia(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM library_media WHERE id = ?').run(id);
}
