import type { ImageDescription, ImageKind } from '../../src-shared/model/image.ts';
import type { ReadableStore, WritableStore } from './handle.ts';
import { ALIVE } from './reservations.ts';

export interface ImageRow {
  id: string;
  name: string;
  revision: string;
  /** Name and revision as they are compared: two images never have the same. */
  labelKey: string;
  category: string;
  kind: ImageKind;
  sha256: string;
  size: number;
  description: ImageDescription;
  origin: string;
  expected: boolean;
  pinned: boolean;
  addedAt: number;
  addedBy: string;
  usedAt: number | null;
}

/** `state`: `fetching` also while it waits for its next try. `validator`: the ETag or date by which the source says that it is the same. */
export interface ArrivalRow {
  id: string;
  /** What the person said of it, as JSON. */
  words: string;
  url: string;
  checksumUrl: string | null;
  state: 'fetching' | 'paused' | 'failed';
  note: string | null;
  validator: string | null;
  total: number | null;
  startedAt: number;
  startedBy: string;
}

type RawImage = Omit<ImageRow, 'description' | 'expected' | 'pinned'> & { description: string; expected: number; pinned: number };

const IMAGE = `SELECT id, name, revision, label_key AS labelKey, category, kind, sha256, size, description, origin, expected, pinned,
  added_at AS addedAt, added_by AS addedBy, used_at AS usedAt FROM image`;
const ARRIVAL = `SELECT id, words, url, checksum_url AS checksumUrl, state, note, validator, total, started_at AS startedAt, started_by AS startedBy
  FROM image_arrival`;

/** By name; the newest of one name first. */
export function listImages(store: ReadableStore): ImageRow[] {
  return store.prepare<[], RawImage>(`${IMAGE} ORDER BY lower(name), added_at DESC, id DESC`).all().map(parse);
}

export function findImage(store: ReadableStore, id: string): ImageRow | undefined {
  const row = store.prepare<[string], RawImage>(`${IMAGE} WHERE id = ?`).get(id);
  return row && parse(row);
}

export function findImageByLabel(store: ReadableStore, labelKey: string): ImageRow | undefined {
  const row = store.prepare<[string], RawImage>(`${IMAGE} WHERE label_key = ?`).get(labelKey);
  return row && parse(row);
}

export function listImagesByContent(store: ReadableStore, sha256: string): ImageRow[] {
  return store.prepare<[string], RawImage>(`${IMAGE} WHERE sha256 = ? ORDER BY added_at, id`).all(sha256).map(parse);
}

export function saveImage(store: WritableStore, image: ImageRow): void {
  store
    .prepare(
      `INSERT INTO image (id, name, revision, label_key, category, kind, sha256, size, description, origin, expected, pinned, added_at, added_by, used_at)
       VALUES (@id, @name, @revision, @labelKey, @category, @kind, @sha256, @size, @description, @origin, @expected, @pinned, @addedAt, @addedBy, @usedAt)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, revision = excluded.revision, label_key = excluded.label_key,
         category = excluded.category, pinned = excluded.pinned`,
    )
    .run({
      ...image,
      description: JSON.stringify(image.description),
      expected: Number(image.expected),
      pinned: Number(image.pinned),
    });
}

/** Every image with this content was handed to a machine. */
export function noteImageUse(store: WritableStore, sha256: string, at: number): void {
  store.prepare('UPDATE image SET used_at = max(coalesce(used_at, 0), ?) WHERE sha256 = ?').run(at, sha256);
}

export function deleteImage(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM image WHERE id = ?').run(id);
}

/** What all images take, bytes; a content counts once. */
export function imageBytes(store: ReadableStore): number {
  const sql = 'SELECT coalesce(sum(size), 0) FROM (SELECT DISTINCT sha256, size FROM image)';
  return store.prepare<[], number>(sql).pluck().get() ?? 0;
}

export function listArrivals(store: ReadableStore): ArrivalRow[] {
  return store.prepare<[], ArrivalRow>(`${ARRIVAL} ORDER BY started_at, id`).all();
}

export function findArrival(store: ReadableStore, id: string): ArrivalRow | undefined {
  return store.prepare<[string], ArrivalRow>(`${ARRIVAL} WHERE id = ?`).get(id);
}

export function saveArrival(store: WritableStore, arrival: ArrivalRow): void {
  store
    .prepare(
      `INSERT INTO image_arrival (id, words, url, checksum_url, state, note, validator, total, started_at, started_by)
       VALUES (@id, @words, @url, @checksumUrl, @state, @note, @validator, @total, @startedAt, @startedBy)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, note = excluded.note, validator = excluded.validator, total = excluded.total`,
    )
    .run(arrival);
}

export function deleteArrival(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM image_arrival WHERE id = ?').run(id);
}

/** SUTs that have it installed or in a drive, and runs that are bound to it and have not ended. */
type ImageUse = { sha256: string; kind: 'sut' | 'drive' | 'run'; id: string; name: string };

export function listImageUses(store: ReadableStore): ImageUse[] {
  return store
    .prepare<[], ImageUse>(
      `SELECT installed.image_sha256 AS sha256, 'sut' AS kind, sut.id, sut.name FROM installed JOIN sut ON sut.id = installed.sut_id
         WHERE installed.image_sha256 IS NOT NULL
       UNION
       SELECT library_media.sha256, 'drive', sut.id, sut.name FROM library_media JOIN sut ON sut.id = library_media.sut_id
       UNION ALL
       SELECT provisioning ->> '$.image.sha256', 'run', id, name FROM run WHERE state <> 'ended' AND provisioning ->> '$.image.sha256' IS NOT NULL`,
    )
    .all();
}

/** What machines are to be provisioned with when nobody holds them any more, or are now, by the name that was said. */
export function listImagesOfReservations(store: ReadableStore): { id: string; name: string; image: string }[] {
  const said = "coalesce(prepares, end_provision) ->> '$.image'";
  return store
    .prepare<[], { id: string; name: string; image: string }>(
      `SELECT id, iif(prepares IS NULL, holder, requested_by) AS name, ${said} AS image FROM reservation WHERE ${ALIVE} AND ${said} IS NOT NULL`,
    )
    .all();
}

function parse(row: RawImage): ImageRow {
  return {
    ...row,
    description: JSON.parse(row.description) as ImageDescription,
    expected: row.expected === 1,
    pinned: row.pinned === 1,
  };
}
