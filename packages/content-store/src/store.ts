import { mkdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentError } from './errors.ts';

/** A folder of files named by the sha256 of their content: `aa/bb…`, and `incoming/` for what is not complete yet. */
export interface ContentStore {
  readonly folder: string;
  readonly incoming: string;
}

const staleMilliseconds = 24 * 3_600_000;

export function openContentStore(folder: string): ContentStore {
  const store = { folder, incoming: join(folder, 'incoming') };
  mkdirSync(store.incoming, { recursive: true });
  return store;
}

/** Where content lies, whether it is there or not. */
export function contentPath(store: ContentStore, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ContentError('badHash', `"${sha256}" is not a sha256 in lower case.`);
  return join(store.folder, sha256.slice(0, 2), sha256.slice(2));
}

/** Remove what a process that was killed left half written. Answers how many files went. */
export async function removeStale(store: ContentStore, olderThan = staleMilliseconds): Promise<number> {
  let removed = 0;
  for (const name of await readdir(store.incoming)) {
    const path = join(store.incoming, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs < olderThan) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
