import { list, contentPath, type ContentStore } from '@atn/content-store';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { fine, type Check, type Remedy } from './check.ts';
import { inThread, type StoreCheckServices } from './store-checks.ts';

export interface LeftoverServices extends StoreCheckServices {
  stores: readonly ContentStore[];
  aside: string;
  /** Everything that revisions of test data consist of. */
  revisionContent: () => Promise<Iterable<string>>;
  knownRuns: () => ReadonlySet<string>;
}

/** What is younger may be about to be used: an import writes its files before the fact that refers to them. */
const YOUNG_MS = 3600_000;
const MOST_LINES = 8;

interface Leftover {
  path: string;
  bytes: number;
  kind: 'file' | 'run';
}

/** Files that no fact refers to: of imports that were cut off, of a store that was put back from a backup. */
export const leftovers = (services: LeftoverServices): Check => ({
  number: 20,
  id: 'leftovers',
  title: 'Files left over',
  group: 'store',
  look: async ({ signal }) => {
    const found = [...(await orphanContent(services, signal)), ...(await orphanRuns(services))];
    if (found.length === 0) return fine('none; every file belongs to something');
    const bytes = formatBytes(found.reduce((sum, each) => sum + each.bytes, 0));
    const detail = `${formatAmount(found.length, 'file or folder', 'files and folders')} that nothing refers to, ${bytes}`;
    const runs = found.filter(({ kind }) => kind === 'run');
    return {
      outcome: 'warning',
      detail,
      lines: [...runs, ...found.filter(({ kind }) => kind === 'file')]
        .slice(0, MOST_LINES)
        .map(({ path }) => ({ text: path, place: null })),
      repair: `Move them out of the way; what nobody misses can then be deleted in ${services.aside}.`,
      remedy: settingAside(services.aside, found, runs.length),
    };
  },
});

async function orphanContent(services: LeftoverServices, signal: AbortSignal): Promise<Leftover[]> {
  const candidates: { sha256: string; path: string }[] = [];
  for (const store of services.stores)
    for await (const sha256 of list(store)) candidates.push({ sha256, path: contentPath(store, sha256) });
  const held = new Set([
    ...(await services.revisionContent()),
    ...(await inThread(services, signal, (thread) => thread.ask('mentioned', undefined))),
  ]);
  const found = await Promise.all(candidates.filter(({ sha256 }) => !held.has(sha256)).map(({ path }) => measured(path, 'file')));
  return found.flat();
}

async function orphanRuns({ layout, knownRuns }: LeftoverServices): Promise<Leftover[]> {
  const folders = await readdir(layout.runs, { withFileTypes: true }).catch(() => []);
  const known = knownRuns();
  const strange = folders.filter((entry) => entry.isDirectory() && !known.has(entry.name));
  return (await Promise.all(strange.map(({ name }) => measured(join(layout.runs, name), 'run')))).flat();
}

async function measured(path: string, kind: Leftover['kind']): Promise<Leftover[]> {
  const seen = await stat(path).catch(() => null);
  if (seen === null || Date.now() - seen.mtimeMs < YOUNG_MS) return [];
  const bytes = kind === 'file' ? seen.size : await bytesIn(path);
  return [{ path, bytes, kind }];
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function settingAside(aside: string, found: Leftover[], runs: number): Remedy {
  const what = formatAmount(found.length, 'file or folder', 'files and folders');
  return {
    verb: `Set ${formatAmount(found.length, 'thing')} aside`,
    does: `Moves ${what} to ${aside}, from where they can be put back.`,
    hurts:
      runs === 0
        ? null
        : `${formatAmount(runs, 'folder holds', 'folders hold')} the report of a run that this home does not know: a store was put back from a backup, or somebody copied it here.`,
    perform: async () => {
      await mkdir(aside, { recursive: true });
      for (const { path, kind } of found) await rename(path, join(aside, `${kind}-${nameOf(path, kind)}`));
      return `${what} moved to ${aside}.`;
    },
  };
}

/** Content lies in a folder of the first two digits of its hash. */
const nameOf = (path: string, kind: Leftover['kind']) => (kind === 'run' ? basename(path) : path.split(/[\\/]/u).slice(-2).join(''));
