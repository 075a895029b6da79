import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from '../../robot/run-files.ts';
import { listUnmeasured, saveRunSize, type RunSizes } from '../../store/retention.ts';
import type { RetentionServices } from './retention-services.ts';

/** Measures what ended runs left that nobody has measured yet. Of links only the link counts: what they lead to is not ours. */
export async function measureRuns({ store, runsFolder }: RetentionServices, signal: AbortSignal): Promise<void> {
  for (const { number, id } of listUnmeasured(store)) {
    if (signal.aborted) return;
    saveRunSize(store, number, await sizesOf(join(runsFolder, id)));
  }
}

export async function sizesOf(folder: string): Promise<RunSizes> {
  const places = runFolder(folder);
  const sizes: RunSizes = { report: 0, record: 0, console: 0, other: 0 };
  for (const name of await namesOf(folder)) {
    const path = join(folder, name);
    const kind =
      path === places.output ? 'report' : name.startsWith('record.db') ? 'record' : path === places.console ? 'console' : 'other';
    sizes[kind] += await bytesIn(path);
  }
  return sizes;
}

async function bytesIn(path: string): Promise<number> {
  let bytes = 0;
  const folders = [path];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of (await readdir(next, { withFileTypes: true }).catch(() => null)) ?? []) {
      if (entry.isDirectory()) folders.push(join(next, entry.name));
      else if (entry.isFile()) bytes += await fileSize(join(next, entry.name));
    }
  }
  return bytes === 0 ? fileSize(path) : bytes;
}

const fileSize = (path: string) =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
const namesOf = (folder: string) => readdir(folder).catch(() => [] as string[]);
