import { create } from 'zustand';
import type { ImageWords } from '../../src-shared/contract/harness/images.ts';
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

export const IMAGE_EXTENSIONS = ['iso', 'img', 'qcow2', 'raw', 'efi'];

export function isImageFile({ name }: { readonly name: string }): boolean {
  return IMAGE_EXTENSIONS.includes(name.split('.').at(-1)?.toLowerCase() ?? '');
}

const leaving = new Map<string, AbortController>();
const NO_WORDS = { revision: '', category: '' } satisfies ImageWords;

/** By path in the desktop app, by content in a browser. */
export function importImageFile(file: File): Promise<void> {
  const path = desktopBridge()?.pathOf(file) ?? '';
  if (path !== '') return importImagePath(path);
  return track(file.name, async (id, signal) => tell(id, await client.images.upload({ file, ...NO_WORDS }, { signal })));
}

export function importImagePath(path: string): Promise<void> {
  const name = path.split(/[\\/]/u).at(-1) ?? path;
  return track(name, async (id, signal) => {
    for await (const event of await client.images.importFile({ path, ...NO_WORDS }, { signal })) {
      if (event.type === 'progress') change(id, { progress: event.progress });
      else tell(id, event);
    }
  });
}

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
