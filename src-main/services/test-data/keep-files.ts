import { has, put, remove, type ContentStore } from '@atn/content-store';
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
}

interface KeepOptions {
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
}

/** Puts every file of the source into the content store. When that fails or is cancelled, nothing that it added stays. */
export async function keepFiles(content: ContentStore, source: ImportSource, { signal, onBytes }: KeepOptions): Promise<KeptFiles> {
  const added = new Set<string>();
  const files: ManifestFile[] = [];
  const undo = async () => {
    for (const sha256 of added) await remove(content, sha256);
  };
  try {
    await inParallel(source.files, WIDTH, async (file) => {
      signal.throwIfAborted();
      const kept = await keep({ content, added, signal }, file);
      files.push({ path: file.path, executable: file.executable, ...kept });
      onBytes(kept.size);
    });
    return { files, undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

interface Keeping {
  content: ContentStore;
  added: Set<string>;
  signal: AbortSignal;
}

async function keep({ content, added, signal }: Keeping, file: SourceFile): Promise<{ sha256: string; size: number }> {
  const opened = await file.open();
  const bytes = typeof opened === 'string' && file.size <= SMALL ? await read(opened, file.path) : opened;
  if (Buffer.isBuffer(bytes)) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (added.has(sha256) || (await has(content, sha256))) return { sha256, size: bytes.length };
    added.add(sha256);
    return put(content, bytes, { signal, expected: sha256 });
  }
  const { kept, isNew } = await putStream(
    content,
    typeof bytes === 'string' ? createReadStream(bytes, { highWaterMark: 1 << 20 }) : bytes,
    signal,
  );
  if (isNew) added.add(kept.sha256);
  return kept;
}

/** What comes as a stream has no hash before it is read: whether the store has it already is asked when its last byte went through. */
async function putStream(content: ContentStore, stream: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  const hash = createHash('sha256');
  let isNew = true;
  async function* hashed() {
    for await (const chunk of stream) {
      hash.update(chunk);
      yield chunk;
    }
    isNew = !(await has(content, hash.digest('hex')));
  }
  const kept = await put(content, hashed(), { signal });
  return { kept, isNew };
}

async function read(file: string, path: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new WorkbenchError('BAD_REQUEST', `${sayPath(path)} cannot be read. Check its permissions, or leave it out.`, {
      details: [String(cause)],
      cause,
    });
  });
}
