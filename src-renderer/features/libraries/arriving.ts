import { create } from 'zustand';
import type { Progress } from '../../../src-shared/model/system.ts';
import { client } from '../../bridge/client.ts';
import { toProblem, type Problem } from '../../kit/problem.ts';
import type { LibrarySpec } from '../../../src-shared/contract/harness/libraries.ts';

/** Something that is fetched, built or packed now, or went wrong and was not closed yet. */
export interface Arrival {
  readonly id: string;
  readonly what: string;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  /** What came of it, where there is something to say. */
  readonly done: string | null;
}

export const useArriving = create<{ readonly arriving: readonly Arrival[] }>(() => ({ arriving: [] }));

const leaving = new Map<string, AbortController>();

type Event = { readonly type: 'progress'; readonly progress: Progress } | { readonly type: 'done' };

export function addLibrary(spec: LibrarySpec): Promise<boolean> {
  const what = spec.from === 'requirement' ? spec.requirement : spec.from === 'git' ? spec.url : spec.path;
  return follow(`Adding ${what}`, (signal) => client.libraries.add(spec, { signal }));
}

export function addUpload(file: File): Promise<boolean> {
  return track(`Adding ${file.name}`, async (_id, signal) => void (await client.libraries.addUpload({ file }, { signal })));
}

export function importWheelhouse(path: string): Promise<boolean> {
  return follow(`Taking in ${path}`, (signal) => client.environments.importWheelhouse({ path }, { signal }));
}

export function buildEnvironment(lockHash: string, again: boolean): Promise<boolean> {
  const name = lockHash.slice(0, 8);
  return follow(`${again ? 'Rebuilding' : 'Building'} ${name}`, (signal) =>
    again ? client.environments.rebuild({ lockHash }, { signal }) : client.environments.build({ lockHash }, { signal }),
  );
}

export function exportWheelhouse(lockHash: string, path: string): Promise<boolean> {
  return follow(
    `Packing the wheels of ${lockHash.slice(0, 8)}`,
    (signal) => client.environments.exportWheelhouse({ lockHash, path }, { signal }),
    `Written to ${path}`,
  );
}

/** Cancels what goes on, closes what went wrong or is said. */
export function dismissArrival(id: string): void {
  leaving.get(id)?.abort();
  leaving.delete(id);
  useArriving.setState(({ arriving }) => ({ arriving: arriving.filter((entry) => entry.id !== id) }));
}

function follow(what: string, open: (signal: AbortSignal) => Promise<AsyncIterable<Event>>, said: string | null = null): Promise<boolean> {
  return track(
    what,
    async (id, signal) => {
      for await (const event of await open(signal)) if (event.type === 'progress') change(id, { progress: event.progress });
    },
    said,
  );
}

async function track(what: string, deed: (id: string, signal: AbortSignal) => Promise<void>, said: string | null = null): Promise<boolean> {
  const id = crypto.randomUUID();
  const leave = new AbortController();
  leaving.set(id, leave);
  useArriving.setState(({ arriving }) => ({ arriving: [...arriving, { id, what, progress: null, problem: null, done: null }] }));
  try {
    await deed(id, leave.signal);
    if (said === null) dismissArrival(id);
    else change(id, { done: said });
    return true;
  } catch (error) {
    if (!leave.signal.aborted) change(id, { problem: toProblem(error) });
    return false;
  } finally {
    leaving.delete(id);
  }
}

function change(id: string, part: Partial<Arrival>): void {
  useArriving.setState(({ arriving }) => ({ arriving: arriving.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)) }));
}
