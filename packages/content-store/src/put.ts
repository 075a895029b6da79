import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContentError, errorCode, translate } from './errors.ts';
import { contentPath, type ContentStore } from './store.ts';

export interface StoredContent {
  readonly sha256: string;
  readonly size: number;
}

export interface PutOptions {
  /** Refuse content that is not this, before it gets a place in the store. */
  readonly expected?: string;
  readonly signal?: AbortSignal;
}

/** Content as bytes, as a stream, or as the path of a file. */
export type ContentSource = Uint8Array | AsyncIterable<Uint8Array> | string;

/**
 * Keep content under its hash. It is written beside the store's files, synced, and renamed: a file of the store is always
 * whole. The same content put twice, also at once by several processes, is kept once.
 */
export async function put(store: ContentStore, source: ContentSource, options: PutOptions = {}): Promise<StoredContent> {
  const temporary = join(store.incoming, randomUUID());
  try {
    const content = await writeAndHash(temporary, source, options.signal);
    if (options.expected !== undefined && options.expected !== content.sha256) {
      throw new ContentError('mismatch', `The content has sha256 ${content.sha256}, not ${options.expected}.`);
    }
    await place(store, temporary, content);
    return content;
  } catch (error) {
    throw translate(error, store.folder);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeAndHash(path: string, source: ContentSource, signal?: AbortSignal): Promise<StoredContent> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of chunksOf(source)) {
      signal?.throwIfAborted();
      // Hashed while the disk writes it: an image of some gigabytes takes about as long as the slower of the two.
      const written = writeAll(file, chunk);
      hash.update(chunk);
      size += chunk.byteLength;
      await written;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}

function chunksOf(source: ContentSource): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof source === 'string') return createReadStream(source, { highWaterMark: 1 << 20 });
  return source instanceof Uint8Array ? [source] : source;
}

/** One write call may take less than it is given. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength;) {
    offset += (await file.write(chunk, offset)).bytesWritten;
  }
}

async function place(store: ContentStore, temporary: string, content: StoredContent): Promise<void> {
  const path = contentPath(store, content.sha256);
  const present = await stat(path).catch(() => null);
  // A file of another size under this name was damaged from outside: the good one takes its place.
  if (present?.size === content.size) return;
  await mkdir(dirname(path), { recursive: true });
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Without it the name of the new file may be lost with the power. Not every platform can sync a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (errorCode(error) !== 'EINVAL') throw error;
  } finally {
    await folder.close();
  }
}
