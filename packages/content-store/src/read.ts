import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentError } from './errors.ts';
import { contentPath, type ContentStore } from './store.ts';

/** Bytes from `start` on; `end` is the first byte that is not read any more. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface ContentUsage {
  readonly files: number;
  readonly bytes: number;
}

export async function has(store: ContentStore, sha256: string): Promise<boolean> {
  return (await sizeOf(store, sha256)) !== null;
}

/** Bytes of stored content, or null when it is not there. */
export async function sizeOf(store: ContentStore, sha256: string): Promise<number | null> {
  const found = await stat(contentPath(store, sha256)).catch(() => null);
  return found?.isFile() === true ? found.size : null;
}

/** A stream of the content, or of a part of it as an HTTP range asks for. */
export async function openContent(store: ContentStore, sha256: string, range?: ByteRange): Promise<ReadStream> {
  const size = await sizeOf(store, sha256);
  if (size === null) throw new ContentError('notFound', `There is no content with sha256 ${sha256}.`);
  const start = range?.start ?? 0;
  const end = Math.min(range?.end ?? size, size);
  const wellFormed = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
  if (!wellFormed) throw new ContentError('badRange', `Bytes ${start} to ${end} are not part of ${size}.`);
  const path = contentPath(store, sha256);
  // createReadStream counts the last byte in, so nothing at all cannot be said with `end`.
  return start === end ? createReadStream(path, { start: size }) : createReadStream(path, { start, end: end - 1 });
}

/** Whether the stored bytes still have their hash; false when they are missing, too. */
export async function verify(store: ContentStore, sha256: string): Promise<boolean> {
  if (!(await has(store, sha256))) return false;
  const hash = createHash('sha256');
  const bytes: AsyncIterable<Buffer> = createReadStream(contentPath(store, sha256), { highWaterMark: 1 << 20 });
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex') === sha256;
}

/** Answers whether there was something to remove. */
export async function remove(store: ContentStore, sha256: string): Promise<boolean> {
  const present = await has(store, sha256);
  await rm(contentPath(store, sha256), { force: true });
  return present;
}

export async function usage(store: ContentStore): Promise<ContentUsage> {
  let files = 0;
  let bytes = 0;
  for await (const sha256 of list(store)) {
    files += 1;
    bytes += (await sizeOf(store, sha256)) ?? 0;
  }
  return { files, bytes };
}

/** The hashes of everything stored, in no order. */
export async function* list(store: ContentStore): AsyncGenerator<string, void, undefined> {
  for await (const folder of await opendir(store.folder)) {
    if (!/^[0-9a-f]{2}$/.test(folder.name)) continue;
    for await (const file of await opendir(join(store.folder, folder.name))) {
      if (/^[0-9a-f]{62}$/.test(file.name)) yield folder.name + file.name;
    }
  }
}
