import { create } from 'zustand';
import type { ImportEvent } from '../../src-shared/contract/harness/import-event.ts';
import type { Progress } from '../../src-shared/model/system.ts';
import type { TestData } from '../../src-shared/model/test-data.ts';
import { client } from '../bridge/client.ts';
import { desktopBridge } from '../bridge/desktop-bridge.ts';
import { toProblem, type Problem } from '../kit/problem.ts';

/** `warnings`: what was left out or may surprise, each a sentence. */
export interface Imported {
  readonly testData: TestData;
  readonly unchanged: boolean;
  readonly warnings: readonly string[];
}

export interface Import {
  readonly id: string;
  /** As the person named it: a folder, a file. */
  readonly source: string;
  readonly progress: Progress | null;
  readonly outcome:
    { readonly type: 'going' } | ({ readonly type: 'done' } & Imported) | { readonly type: 'failed'; readonly problem: Problem };
}

/** Imports of this page, going on or not yet dismissed; newest last. */
export const useImports = create<{ readonly imports: readonly Import[] }>(() => ({ imports: [] }));

const leaving = new Map<string, AbortController>();

/** `name` makes it a revision of the test data of that name; else they are named after their source. */
export interface ImportWish {
  readonly name?: string;
  /** Follow the source, and say when it has something newer. */
  readonly link?: boolean;
}

/** A path on the harness's machine: a folder, a .robot file or a zip. Answers the test data, or null when it failed or was cancelled. */
export function importPath(path: string, wish: ImportWish = {}): Promise<TestData | null> {
  const source = path.split(/[\\/]/u).findLast((part) => part !== '') ?? path;
  return track(source, (id, signal) => followImport(id, client.testData.importPath({ path, ...wish }, { signal })));
}

export interface GitSource extends ImportWish {
  readonly url: string;
  readonly ref?: string;
  readonly subfolder?: string;
}

/** A branch, a tag or what the repository gives by itself. */
export function importGit(source: GitSource): Promise<TestData | null> {
  return track(source.url, (id, signal) => followImport(id, client.testData.importGit(source, { signal })));
}

/** What is newer where the test data come from becomes their newest revision. */
export function takeNewRevision({ id: testDataId, name }: Pick<TestData, 'id' | 'name'>): Promise<TestData | null> {
  return track(`what is newer of ${name}`, (id, signal) =>
    followImport(id, client.testData.takeNewRevision({ id: testDataId }, { signal })),
  );
}

async function followImport(id: string, opening: Promise<AsyncIterable<ImportEvent>>): Promise<Imported> {
  for await (const event of await opening) {
    if (event.type === 'progress') change(id, { progress: event.progress });
    else return event;
  }
  throw new Error('The import ended without an answer.');
}

/** A zip or a .robot file given to a browser. */
export function importFile(file: File, name?: string): Promise<TestData | null> {
  return track(file.name, (_id, signal) => client.testData.importUpload({ file, ...(name === undefined ? {} : { name }) }, { signal }));
}

/** What was dropped: by path in the desktop app, by content in a browser. */
export async function importDropped(files: readonly File[]): Promise<void> {
  const bridge = desktopBridge();
  for (const file of files) {
    const path = bridge?.pathOf(file) ?? '';
    await (path === '' ? importFile(file) : importPath(path));
  }
}

export function importSample(): Promise<TestData | null> {
  return track('the sample', async (_id, signal) => ({
    testData: await client.testData.importSample(undefined, { signal }),
    unchanged: false,
    warnings: [],
  }));
}

/** Cancels one that goes on; nothing half is kept. */
export function dismissImport(id: string): void {
  leaving.get(id)?.abort();
  leaving.delete(id);
  useImports.setState(({ imports }) => ({ imports: imports.filter((entry) => entry.id !== id) }));
}

type Deed = (id: string, signal: AbortSignal) => Promise<Imported>;

async function track(source: string, deed: Deed): Promise<TestData | null> {
  const id = crypto.randomUUID();
  const leave = new AbortController();
  leaving.set(id, leave);
  useImports.setState(({ imports }) => ({ imports: [...imports, { id, source, progress: null, outcome: { type: 'going' } }] }));
  try {
    const { testData, unchanged, warnings } = await deed(id, leave.signal);
    change(id, { outcome: { type: 'done', testData, unchanged, warnings } });
    return testData;
  } catch (error) {
    if (!leave.signal.aborted) change(id, { outcome: { type: 'failed', problem: toProblem(error) } });
    return null;
  } finally {
    leaving.delete(id);
  }
}

function change(id: string, part: Partial<Import>): void {
  useImports.setState(({ imports }) => ({ imports: imports.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)) }));
}
