import { create } from 'zustand';
import type { Progress } from '../../src-shared/model/system.ts';
import { client } from '../bridge/client.ts';
import { desktopBridge } from '../bridge/desktop-bridge.ts';
import { toProblem, type Problem } from '../kit/problem.ts';

/** What came of one import: runs that are new, how many were here, and what could not be read, each with a sentence. */
export interface ImportedResults {
  readonly imported: readonly { readonly runId: string; readonly name: string; readonly path: string }[];
  readonly known: number;
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}

export interface ResultImport {
  readonly id: string;
  /** As the person named it: a file, a folder. */
  readonly what: string;
  readonly progress: Progress | null;
  readonly outcome: ImportedResults | null;
  readonly problem: Problem | null;
}

/** Imports of results on this page, going on or not yet dismissed; newest last. */
export const useResultImports = create<{ readonly imports: readonly ResultImport[] }>(() => ({ imports: [] }));

export const RESULT_EXTENSIONS = ['xml', 'json'];

/** What Robot calls its results. Other names are taken where they are chosen by hand. */
export function isResultFile({ name }: { readonly name: string }): boolean {
  return /^output.*\.(?:xml|json)$/iu.test(name);
}

const leaving = new Map<string, AbortController>();

/** A file or a folder on the harness's machine. */
export function importResultPath(path: string): Promise<void> {
  const what = path.split(/[\\/]/u).findLast((part) => part !== '') ?? path;
  return track(what, async (id, signal) => {
    for await (const event of await client.interchange.importResults({ path }, { signal })) {
      if (event.type === 'progress') change(id, { progress: event.progress });
      else return event;
    }
    throw new Error('The import ended without an answer.');
  });
}

/** By path in the desktop app, by content in a browser, one after the other. */
export async function importResultFiles(files: readonly File[], what = files[0]?.name ?? 'results'): Promise<void> {
  const bridge = desktopBridge();
  const paths = files.map((file) => bridge?.pathOf(file) ?? '');
  if (paths.length > 0 && paths.every((path) => path !== '')) {
    for (const path of paths) await importResultPath(path);
    return;
  }
  await track(what, (id, signal) => upload(files, { id, signal }));
}

async function upload(files: readonly File[], { id, signal }: { id: string; signal: AbortSignal }): Promise<ImportedResults> {
  let sum: ImportedResults = { imported: [], known: 0, refused: [] };
  for (const [done, file] of files.entries()) {
    const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
    change(id, { progress: { step: `Reading ${path}`, done, total: files.length, unit: 'files', at: Date.now() } });
    try {
      const { imported, known, refused } = await client.interchange.uploadResults({ file }, { signal });
      sum = { imported: [...sum.imported, ...imported], known: sum.known + known, refused: [...sum.refused, ...refused] };
    } catch (error) {
      if (signal.aborted || files.length === 1) throw error;
      sum = { ...sum, refused: [...sum.refused, { path, why: toProblem(error).message }] };
    }
  }
  return sum;
}

/** Cancels one that goes on, closes one that is over. Runs that are in stay. */
export function dismissResultImport(id: string): void {
  leaving.get(id)?.abort();
  leaving.delete(id);
  useResultImports.setState(({ imports }) => ({ imports: imports.filter((each) => each.id !== id) }));
}

async function track(what: string, deed: (id: string, signal: AbortSignal) => Promise<ImportedResults>): Promise<void> {
  const id = crypto.randomUUID();
  const leave = new AbortController();
  leaving.set(id, leave);
  useResultImports.setState(({ imports }) => ({ imports: [...imports, { id, what, progress: null, outcome: null, problem: null }] }));
  try {
    change(id, { outcome: await deed(id, leave.signal) });
  } catch (error) {
    if (!leave.signal.aborted) change(id, { problem: toProblem(error) });
  } finally {
    leaving.delete(id);
  }
}

function change(id: string, part: Partial<ResultImport>): void {
  useResultImports.setState(({ imports }) => ({ imports: imports.map((each) => (each.id === id ? { ...each, ...part } : each)) }));
}
