import { contentPath, type ContentStore } from '@atn/content-store';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { contentProblem } from './content-problem.ts';
import { inParallel } from './in-parallel.ts';
import type { ManifestFile } from './manifest.ts';
import { sayPath } from './path-rules.ts';
import { readRevision } from './read-revision.ts';

const WIDTH = 16;
const IN_MEMORY = 4 * 1024 ** 2;

export interface Materialise {
  revision: string;
  /** Made when absent; must hold nothing of the revision yet. Call it ROOT_FOLDER, so that Robot names the root suite as discovery does. */
  folder: string;
  signal?: AbortSignal | undefined;
  onFile?: (done: number, total: number) => void;
  /** Leaves out files that are not needed. */
  only?: (path: string) => boolean;
}

/** The name of the folder in which a revision is looked at and run: suites in it have the same long names everywhere. */
export const ROOT_FOLDER = 'suites';

/**
 * Writes the files of a revision into a folder, each held against its hash on the way. They are copies that a test may change: what the
 * workbench keeps stays as it is. Throws DISK_FULL, CANCELLED, or HOME_UNUSABLE when kept content is missing or damaged.
 */
export async function materialiseRevision(
  content: ContentStore,
  { revision, folder, signal, onFile, only }: Materialise,
): Promise<ManifestFile[]> {
  const files = (await readRevision(content, revision)).filter(({ path }) => only?.(path) ?? true);
  let done = 0;
  try {
    for (const place of new Set(['.', ...files.map(({ path }) => dirname(path))])) await mkdir(join(folder, place), { recursive: true });
    await inParallel(files, WIDTH, async (file) => {
      signal?.throwIfAborted();
      await writeOut(content, file, join(folder, file.path));
      done += 1;
      onFile?.(done, files.length);
    });
    return files;
  } catch (error) {
    throw contentProblem(error);
  }
}

async function writeOut(content: ContentStore, file: ManifestFile, target: string): Promise<void> {
  const options = { flag: 'wx', mode: file.executable ? 0o755 : 0o644 };
  const source = contentPath(content, file.sha256);
  try {
    const sha256 = file.size <= IN_MEMORY ? await copySmall(source, target, options) : await copyLarge(source, target, options);
    if (sha256 === file.sha256) return;
  } catch (error) {
    throw writeProblem(error, file);
  }
  throw new WorkbenchError(
    'HOME_UNUSABLE',
    `${sayPath(file.path)} is damaged in the home: its content is not what was imported. Import the test data again.`,
  );
}

interface Written {
  flag: string;
  mode: number;
}

async function copySmall(source: string, target: string, options: Written): Promise<string> {
  const bytes = await readFile(source);
  await writeFile(target, bytes, options);
  return createHash('sha256').update(bytes).digest('hex');
}

async function copyLarge(source: string, target: string, { flag, mode }: Written): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(target, flag, mode);
  try {
    for await (const chunk of createReadStream(source, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      await file.writeFile(chunk as Buffer);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

function writeProblem(error: unknown, { path }: ManifestFile): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EEXIST')
    return new WorkbenchError(
      'ROBOT_DATA',
      `${sayPath(path)} and another file are one and the same on this file system: their names differ only in case.`,
      { cause: error },
    );
  if (code === 'ENOENT' || code === 'EINVAL')
    return new WorkbenchError(
      'HOME_UNUSABLE',
      `${sayPath(path)} cannot be written out: its content is missing, or its name is not possible here. Import the test data again.`,
      { cause: error },
    );
  return error;
}
