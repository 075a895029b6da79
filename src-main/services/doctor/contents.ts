import { contentPath, list, sizeOf, verify, type ContentStore } from '@atn/content-store';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { fine, type Check, type Looking, type Remedy } from './check.ts';

export interface ContentServices {
  /** Files of test data and libraries, and images. */
  stores: readonly ContentStore[];
  /** Where damaged files are moved. */
  aside: string;
  /** Who needs a content, by name: test data, libraries, images. */
  usersOf: (hashes: ReadonlySet<string>) => Promise<string[]>;
}

/** As much as a quick look reads: some files, and not much of the disk. */
const [SAMPLE_FILES, SAMPLE_BYTES] = [60, 64e6];

interface Kept {
  store: ContentStore;
  sha256: string;
  size: number;
}

/** Whether files still are what their names say. What was found damaged is looked at first, each time, until it is gone. */
export function contents(services: ContentServices): Check {
  const damaged = new Map<string, Kept>();
  return {
    number: 19,
    id: 'contents',
    title: 'Files by hash',
    group: 'store',
    look: async (looking) => {
      const all = await listAll(services.stores);
      const chosen = looking.thorough ? all : sample(all);
      const known = [...damaged.values()];
      damaged.clear();
      for (const one of await damagedOf([...known, ...chosen], looking)) damaged.set(one.sha256, one);
      const bytes = formatBytes(all.reduce((sum, { size }) => sum + size, 0));
      const files = `${formatAmount(all.length, 'file')}, ${bytes}`;
      if (damaged.size === 0) return fine(`${files}; ${chosen.length === all.length ? 'all' : chosen.length} read and as they were`);
      const users = await services.usersOf(new Set(damaged.keys()));
      return {
        outcome: 'broken',
        detail: `${formatAmount(damaged.size, 'file')} of ${files} not what was kept: the disk changed it, or somebody did.`,
        lines: [...damaged.values()].slice(0, MOST_LINES).map(({ store, sha256 }) => ({ text: contentPath(store, sha256), place: null })),
        repair: 'Set them aside, then import the same files again: what needs them works again as before.',
        remedy: settingAside(services, { damaged: [...damaged.values()], users }),
      };
    },
  };
}

const MOST_LINES = 12;

async function listAll(stores: readonly ContentStore[]): Promise<Kept[]> {
  const all: Kept[] = [];
  for (const store of stores) for await (const sha256 of list(store)) all.push({ store, sha256, size: (await sizeOf(store, sha256)) ?? 0 });
  return all;
}

/** Other ones each time. */
function sample(all: readonly Kept[]): Kept[] {
  const chosen: Kept[] = [];
  let bytes = 0;
  for (const one of all.map((each) => ({ each, at: Math.random() })).sort((a, b) => a.at - b.at)) {
    if (chosen.length >= SAMPLE_FILES) break;
    if (bytes + one.each.size > SAMPLE_BYTES) continue;
    bytes += one.each.size;
    chosen.push(one.each);
  }
  return chosen;
}

async function damagedOf(chosen: readonly Kept[], { signal, onStep }: Looking): Promise<Kept[]> {
  const total = chosen.reduce((sum, { size }) => sum + size, 0);
  const found: Kept[] = [];
  let done = 0;
  for (const one of chosen) {
    signal.throwIfAborted();
    onStep({ step: 'Reading files', done, total, unit: 'bytes' });
    const size = await sizeOf(one.store, one.sha256);
    if (size !== null && !(await verify(one.store, one.sha256))) found.push(one);
    done += one.size;
  }
  return found;
}

function settingAside({ aside }: ContentServices, { damaged, users }: { damaged: Kept[]; users: string[] }): Remedy {
  const files = formatAmount(damaged.length, 'damaged file');
  const named = users.slice(0, 8).join(', ');
  const more = users.length > 8 ? ` and ${users.length - 8} more` : '';
  return {
    verb: `Set ${files} aside`,
    does: `Moves ${files} to ${aside}. Importing the same content again puts it back in its place.`,
    hurts:
      users.length === 0
        ? null
        : `Until then these miss a file and say so when they are run: ${named}${more}. With the damaged file they would run with wrong content.`,
    perform: async () => {
      await mkdir(aside, { recursive: true });
      for (const { store, sha256 } of damaged) await rename(contentPath(store, sha256), join(aside, sha256));
      return `${files} moved to ${aside}.`;
    },
  };
}
