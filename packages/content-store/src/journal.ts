import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from './store.ts';

/** What is being added for a purpose that may fail: noted before it is put, so that a kill leaves nothing behind that nobody knows of. */
export interface AddingJournal {
  /** To be awaited before the content is put. */
  note(sha256: string): Promise<void>;
  /** The purpose was reached, or all was taken back: there is nothing left to know. */
  close(): Promise<void>;
}

export async function openJournal(store: ContentStore): Promise<AddingJournal> {
  const folder = journalFolder(store);
  await mkdir(folder, { recursive: true });
  const file = join(folder, randomUUID());
  return { note: (sha256) => appendFile(file, `${sha256}\n`), close: () => rm(file, { force: true }) };
}

export interface InterruptedAddition {
  /** What may have been added. The last one may be there in part only and is no hash then. */
  hashes: string[];
  forget(): Promise<void>;
}

/** Journals that nobody has closed. Only to be asked for while none is open. */
export async function listInterrupted(store: ContentStore): Promise<InterruptedAddition[]> {
  const names = await readdir(journalFolder(store)).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const file = join(journalFolder(store), name);
      const lines = (await readFile(file, 'utf8')).split('\n');
      return { hashes: lines.filter((line) => /^[0-9a-f]{64}$/.test(line)), forget: () => rm(file, { force: true }) };
    }),
  );
}

function journalFolder(store: ContentStore): string {
  return join(store.folder, 'adding');
}
