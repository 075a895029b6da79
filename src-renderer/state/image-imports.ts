import { create } from 'zustand';
import type { ImageWords } from '../../src-shared/contract/harness/images.ts';
import { sortImages } from '../../src-shared/model/boot-names.ts';
import type { Progress } from '../../src-shared/model/system.ts';
import { client } from '../bridge/client.ts';
import { desktopBridge } from '../bridge/desktop-bridge.ts';
import { toProblem, type Problem } from '../kit/problem.ts';

/** A file that is imported now, or went wrong and was not closed yet. */
export interface ImageImport {
  readonly id: string;
  readonly what: string;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  /** What came of it, where there is something to say. */
  readonly said: string | null;
}

export const useImageImports = create<{ readonly imports: readonly ImageImport[] }>(() => ({ imports: [] }));

const leaving = new Map<string, AbortController>();
const LONELY = 'A RAM disk starts nothing alone. Drop or choose it together with its kernel.';
const NO_WORDS = { revision: '', category: '' } satisfies ImageWords;

/** Files that were dropped or chosen: by path in the desktop app, by content in a browser. A kernel and its RAM disks become one image. */
export function importImageFiles(files: readonly File[]): void {
  const bridge = desktopBridge();
  const sorted = sortImages(files);
  for (const { kernel, initrds } of [...sorted.pairs, ...sorted.single.map((file) => ({ kernel: file, initrds: [] }))]) {
    const [path = '', ...others] = [kernel, ...initrds].map((file) => bridge?.pathOf(file) ?? '');
    if (path !== '') void importPaths(path, others);
    else
      void track(whatOf([kernel, ...initrds]), async (id, signal) =>
        tell(id, await client.images.upload({ file: kernel, initrds, ...NO_WORDS }, { signal })),
      );
  }
  refuseLonely(sorted.lonely);
}

export function importImagePaths(paths: readonly string[]): void {
  const sorted = sortImages(paths.map((path) => ({ path, name: nameOf(path) })));
  for (const { kernel, initrds } of sorted.pairs)
    void importPaths(
      kernel.path,
      initrds.map(({ path }) => path),
    );
  for (const { path } of sorted.single) void importPaths(path, []);
  refuseLonely(sorted.lonely);
}

function importPaths(path: string, initrds: string[]): Promise<void> {
  return track(whatOf([path, ...initrds].map((each) => ({ name: nameOf(each) }))), async (id, signal) => {
    for await (const event of await client.images.importFile({ path, initrds, ...NO_WORDS }, { signal })) {
      if (event.type === 'progress') change(id, { progress: event.progress });
      else tell(id, event);
    }
  });
}

function refuseLonely(initrds: readonly { readonly name: string }[]): void {
  for (const { name } of initrds) void track(name, () => Promise.reject(Object.assign(new Error(LONELY), { code: 'BAD_REQUEST' })));
}

const nameOf = (path: string): string => path.split(/[\\/]/u).at(-1) ?? path;
const whatOf = (files: readonly { readonly name: string }[]): string => files.map(({ name }) => name).join(' with ');

/** Cancels one that goes on, closes one that went wrong. */
export function dismissImageImport(id: string): void {
  leaving.get(id)?.abort();
  leaving.delete(id);
  useImageImports.setState(({ imports }) => ({ imports: imports.filter((each) => each.id !== id) }));
}

async function track(what: string, deed: (id: string, signal: AbortSignal) => Promise<void>): Promise<void> {
  const id = crypto.randomUUID();
  const leave = new AbortController();
  leaving.set(id, leave);
  useImageImports.setState(({ imports }) => ({ imports: [...imports, { id, what, progress: null, problem: null, said: null }] }));
  try {
    await deed(id, leave.signal);
  } catch (error) {
    if (!leave.signal.aborted) change(id, { problem: toProblem(error) });
  } finally {
    leaving.delete(id);
  }
}

/** A new image shows itself in the list; one that was there already has to be told. */
function tell(id: string, { image, unchanged }: { readonly image: { readonly name: string }; readonly unchanged: boolean }): void {
  if (unchanged) change(id, { said: `This is ${image.name}, which was here already.` });
  else dismissImageImport(id);
}

function change(id: string, part: Partial<ImageImport>): void {
  useImageImports.setState(({ imports }) => ({ imports: imports.map((each) => (each.id === id ? { ...each, ...part } : each)) }));
}
