import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artefact } from '../../../src-shared/model/run.ts';

/** More files than this in one report are not listed one by one (a test that runs wild). */
const MOST_FILES = 100_000;

export interface FoundArtefact {
  path: string;
  size: number;
  mtimeMs: number;
  kind: Artefact['kind'];
}

/** Every regular file of a report, in order of path. Links are left out: they could lead anywhere. An absent folder has none. */
export async function listArtefacts(directory: string): Promise<FoundArtefact[]> {
  const found: FoundArtefact[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined && found.length < MOST_FILES; folder = folders.pop()) {
    for (const entry of await entriesOf(join(directory, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() && !isSideFile(path)) found.push(...(await describe(directory, path)));
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

async function describe(directory: string, path: string): Promise<FoundArtefact[]> {
  try {
    const { size, mtimeMs } = await stat(join(directory, path));
    return [{ path, size, mtimeMs, kind: kindOf(path) }];
  } catch {
    return []; // gone since it was listed
  }
}

/** What SQLite keeps beside an open record; its content belongs to record.db. */
const isSideFile = (path: string) => /^record\.db-(?:wal|shm|journal)$/u.test(path);

function kindOf(path: string): Artefact['kind'] {
  if (path === 'record.db') return 'record';
  if (path === 'console.txt') return 'console';
  return /^(?:output\.xml|log\.html|report\.html|xunit\.xml|log-\d+\.js)$/u.test(path) ? 'robot' : 'attachment';
}
