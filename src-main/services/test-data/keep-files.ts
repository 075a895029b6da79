import { has, openJournal, put, remove, type AddingJournal, type ContentStore, type StoredContent } from '@atn/content-store';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ImportSource, SourceFile } from './import-source.ts';
import { inParallel } from './in-parallel.ts';
import type { ManifestFile } from './manifest.ts';
import { sayPath } from './path-rules.ts';
import { WorkbenchError } from '../../errors.ts';

/** Files are read, hashed and synced this many at a time: the disk is asked for several syncs at once. */
const WIDTH = 16;
/** Up to this size a file is hashed in memory first, so that content that is there already is not written again. */
const SMALL = 4 * 1024 ** 2;

export interface KeptFiles {
  files: ManifestFile[];
  /** Takes back what this import has added to the content store. */
  undo(): Promise<void>;
  /** Keeps the list of the files as well. */
  putList(bytes: Buffer, hash: string): Promise<void>;
  /** What was added is referred to now. */
  settle(): Promise<void>;
}

interface KeepOptions {
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
}

/** Puts every file of the source into the content store. When that fails or is cancelled, nothing that it added stays. */
export async function keepFiles(content: ContentStore, source: ImportSource, { signal, onBytes }: KeepOptions): Promise<KeptFiles> {
  const added = new Set<string>();
  const files: ManifestFile[] = [];
  const journal = await openJournal(content);
  const undo = async () => {
    for (const sha256 of added) await remove(content, sha256);
    await journal.close();
  };
  const putList = async (bytes: Buffer, hash: string) => {
    await addNew({ content, added, journal, signal, onBytes: () => undefined }, bytes, hash);
  };
  try {
    await inParallel(source.files, WIDTH, async (file) => {
      signal.throwIfAborted();
      const kept = await keep({ content, added, journal, signal, onBytes }, file);
      files.push({ path: file.path, executable: file.executable, ...kept });
    });
    return { files, undo, putList, settle: () => journal.close() };
  } catch (error) {
    await undo();
    throw error;
  }
}

interface Keeping {
  content: ContentStore;
  added: Set<string>;
  journal: AddingJournal;
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
}

async function keep(keeping: Keeping, file: SourceFile): Promise<{ sha256: string; size: number }> {
  const opened = await file.open();
  const bytes = typeof opened === 'string' && file.size <= SMALL ? await read(opened, file.path) : opened;
  if (Buffer.isBuffer(bytes)) {
    return addNew(keeping, bytes, createHash('sha256').update(bytes).digest('hex'));
  }
  return putStream(keeping, typeof bytes === 'string' ? createReadStream(bytes, { highWaterMark: 1 << 20 }) : bytes);
}

async function addNew(
  { content, added, journal, signal, onBytes }: Keeping,
  bytes: Buffer,
  sha256: string,
): Promise<{ sha256: string; size: number }> {
  const isThere = added.has(sha256) || (await has(content, sha256));
  if (!isThere) {
    added.add(sha256);
    await journal.note(sha256);
    await put(content, bytes, { signal, expected: sha256 });
  }
  onBytes(bytes.length);
  return { sha256, size: bytes.length };
}

/** What comes as a stream has no hash before it is read: whether the store has it already is asked when its last byte went through. */
async function putStream({ content, added, journal, signal, onBytes }: Keeping, stream: AsyncIterable<Uint8Array>): Promise<StoredContent> {
  const hash = createHash('sha256');
  async function* hashed() {
    for await (const chunk of stream) {
      hash.update(chunk);
      onBytes(chunk.byteLength);
      yield chunk;
    }
    const sha256 = hash.digest('hex');
    if (added.has(sha256) || (await has(content, sha256))) return;
    added.add(sha256);
    await journal.note(sha256);
  }
  return put(content, hashed(), { signal });
}

async function read(file: string, path: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new WorkbenchError('BAD_REQUEST', `${sayPath(path)} cannot be read. Check its permissions, or leave it out.`, {
      details: [String(cause)],
      cause,
    });
  });
}
