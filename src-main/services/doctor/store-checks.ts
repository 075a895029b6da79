import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { ReadThread } from '../../workers/read-thread.ts';
import type { HomeLayout } from '../home/layout.ts';
import { fine, type Check, type Looking } from './check.ts';
import type { CheckStoreQueries, CheckStoreSettings } from './check-store.thread.ts';
import threadFile from './check-store.thread?modulePath';

export interface StoreCheckServices {
  layout: HomeLayout;
  nativeBinding: string | undefined;
}

/** Up to here a look at every table takes about a second; a larger store is read when somebody asks for it. */
const QUICK_BYTES = 300e6;

/** The pages of every table, what its rows refer to, and with a thorough look every index, in a thread of its own. */
export const storeIntegrity = (services: StoreCheckServices): Check => ({
  number: 18,
  id: 'store',
  title: 'Store integrity',
  group: 'store',
  look: async (looking) => {
    const { size } = await stat(services.layout.store);
    if (!looking.thorough && size > QUICK_BYTES) return fine(`${formatBytes(size)}; a store of this size is read by a thorough look only`);
    const { problems, tables } = await inThread(services, looking.signal, (thread) => checkTables(thread, looking));
    const how = looking.thorough ? 'every table and index' : 'quick check';
    if (problems.length === 0) return fine(`${formatBytes(size)}, ${how} of ${formatAmount(tables, 'table')}`);
    return {
      outcome: 'broken',
      detail: `harness.db is damaged: ${formatAmount(problems.length, 'problem')}. What is shown of runs and machines may be wrong.`,
      lines: problems.slice(0, MOST_LINES).map((text) => ({ text, place: null })),
      repair: await adviceOf(services.layout),
    };
  },
});

const MOST_LINES = 12;

async function checkTables(thread: ReadThread<CheckStoreQueries>, { signal, thorough, onStep }: Looking) {
  const tables = await thread.ask('tables', undefined);
  const problems: string[] = [];
  for (const [done, table] of tables.entries()) {
    signal.throwIfAborted();
    onStep({ step: `Checking ${table}`, done, total: tables.length, unit: 'none' });
    problems.push(...(await thread.ask('check', { table, whole: thorough })));
  }
  return { tables: tables.length, problems: [...new Set(problems)] };
}

/** The newest copy that is there; copies are made before a newer version changes the store. */
async function adviceOf(layout: HomeLayout): Promise<string> {
  const names = await readdir(layout.backups).catch(() => []);
  const copies = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(layout.backups, name))).mtimeMs })));
  const [newest] = copies.sort((a, b) => b.at - a.at);
  const first = 'Close the workbench and keep a copy of the whole home before anything else.';
  if (newest === undefined)
    return `${first} There is no backup in ${layout.backups}; reports and records in runs/ can be imported into a new home.`;
  return `${first} Then put ${join(layout.backups, newest.name)} (of ${new Date(newest.at).toISOString().slice(0, 16)}) in the place of harness.db and start again.`;
}

/** Ended with the looking: a thread that reads a large table is not waited for. */
export async function inThread<T>(
  { layout, nativeBinding }: StoreCheckServices,
  signal: AbortSignal,
  work: (thread: ReadThread<CheckStoreQueries>) => Promise<T>,
): Promise<T> {
  const settings: CheckStoreSettings = { file: layout.store, nativeBinding: nativeBinding ?? null };
  const thread = new ReadThread<CheckStoreQueries>(threadFile, settings);
  const end = () => void thread.kill();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await work(thread);
  } finally {
    signal.removeEventListener('abort', end);
    await thread.kill();
  }
}
