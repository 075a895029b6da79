import type { ContentStore } from '@atn/content-store';
import { historyPart } from './api/history.ts';
import type { Parts } from './api/part.ts';
import type { Clock } from './clock.ts';
import { readCondition } from './services/conditions/read-condition.ts';
import { createHistory, type HistoryServices } from './services/history/history.ts';
import type { Runs } from './services/runs/create-runs.ts';
import { readContent } from './services/test-data/read-revision.ts';
import type { ReadableStore } from './store/handle.ts';
import { findRun } from './store/runs.ts';
import type { SutRow } from './store/suts.ts';

interface Joined {
  store: ReadableStore;
  clock: Clock;
  content: ContentStore;
  runs: Runs;
  read: HistoryServices['read'];
}

/** How things came out over time, and runs side by side. A text that is not kept any more says nothing, and hinders nothing. */
export function joinHistory({ store, clock, content, runs, read }: Joined): Parts['history'] {
  const textOf = async (sha256: string | null | undefined): Promise<string | null> =>
    sha256 == null ? null : (await readContent(content, sha256).catch(() => null))?.toString('utf8') ?? null; // prettier-ignore
  return historyPart(
    createHistory({
      ...{ clock, read },
      run: (id) => runs.get(id),
      machines: async (id) => {
        const text = await textOf(findRun(store, id)?.suts_sha256);
        const suts = text === null ? [] : (JSON.parse(text) as SutRow[]);
        return Object.fromEntries(suts.map(({ name, information, identity }) => [name, { ...information, identity }]));
      },
      variables: async (id) => {
        const text = await textOf(findRun(store, id)?.condition_sha256);
        return text === null ? {} : readCondition(text).variables;
      },
    }),
  );
}
