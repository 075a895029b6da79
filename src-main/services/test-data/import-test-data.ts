import { basename, resolve } from 'node:path';
import type { Progress } from '../../../src-shared/model/system.ts';
import type { RevisionSource, TestData } from '../../../src-shared/model/test-data.ts';
import { Name } from '../../../src-shared/model/text.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { contentProblem } from './content-problem.ts';
import { discoverRevision } from './discover-revision.ts';
import type { ImportSource } from './import-source.ts';
import { addRevision, addToName, keepContent, progressSayer, type KeptRevision, type Say } from './keep-revision.ts';
import { openSource } from './open-source.ts';
import { suiteNameOf } from './suite-name.ts';
import { needTestData, type TestDataServices } from './test-data-services.ts';

export interface ImportOptions {
  name?: string | undefined;
  message?: string | undefined;
  caller: Caller;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export interface ImportRequest extends ImportOptions {
  path: string;
  /** What the person named, when that is not the path. */
  source?: Pick<RevisionSource, 'kind' | 'place'> | undefined;
}

export interface Imported {
  testData: TestData;
  /** The newest revision of that name already had exactly this content. */
  unchanged: boolean;
  warnings: string[];
  /** The commit it was read from, when it came from git. */
  commit?: string | null;
}

/** What is there to import, opened, and how it is called. */
export interface OpenedImport extends ImportSource {
  origin: RevisionSource;
}

/**
 * Brings a folder, a zip or a suite file in as the newest revision of its name. Nothing is kept when it fails or is cancelled. Throws
 * BAD_REQUEST, NO_SUITES, ARCHIVE_REFUSED, DISK_FULL, CANCELLED.
 */
export async function importTestData(services: TestDataServices, request: ImportRequest): Promise<Imported> {
  const { path, source, signal } = request;
  const baseName = baseNameOf(source?.place ?? path);
  return importInto(services, {
    ...request,
    target: { name: nameFor(request.name ?? baseName), suiteName: suiteNameOf(baseName) },
    open: async (say) => {
      const onFound = (files: number) => say('Looking what is there', { done: files, total: null, unit: 'files' });
      const { kind, ...opened } = await openSource({ path, signal, onFound });
      return { ...opened, origin: { kind, place: path, ref: null, commit: null, subfolder: null, ...source } };
    },
  });
}

export interface ImportInto extends ImportOptions {
  /** Test data that are there, or the name that they have or get. */
  target: { id: string } | { name: string; suiteName: string };
  open: (say: Say) => Promise<OpenedImport>;
}

/** What every import does: open, keep, record, look for suites. */
export async function importInto(services: TestDataServices, request: ImportInto): Promise<Imported> {
  const say = progressSayer(services, request.onProgress);
  const imported = await services.turns.take(request.signal, () => importNow(services, request, say));
  say('Looking for suites');
  await lookForSuites(services, imported.testData, request.signal);
  return { ...imported, testData: needTestData(services.store, imported.testData.id) };
}

async function importNow(services: TestDataServices, { target, open, signal, caller, message }: ImportInto, say: Say): Promise<Imported> {
  let kept: KeptRevision | undefined;
  try {
    signal.throwIfAborted();
    const source = await open(say);
    try {
      kept = await keepContent(services, source, { signal, say });
    } finally {
      await source.close();
    }
    const facts = { hash: kept.hash, files: kept.files, author: caller.user, message: message ?? '', source: source.origin };
    const saved = 'id' in target ? addRevision(services, target.id, facts) : addToName(services, { ...facts, ...target });
    await kept.settle();
    return { ...saved, warnings: source.warnings, commit: source.origin.commit };
  } catch (error) {
    await kept?.undo();
    throw contentProblem(error);
  }
}

/** Without Python or Robot the import holds all the same: the suites are looked for when somebody opens it. */
export async function lookForSuites(services: TestDataServices, { id, newest }: TestData, signal?: AbortSignal): Promise<void> {
  try {
    await discoverRevision(services, { revision: newest.hash, testDataId: id, signal });
  } catch (error) {
    services.log.warn('no suites were looked for after an import', {
      revision: newest.hash,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** How a folder or a file is called, without what says of which kind it is. */
export function baseNameOf(path: string): string {
  return basename(resolve(path)).replace(/\.(?:zip|robot|git)$/iu, '');
}

export function nameFor(proposed: string): string {
  const parsed = Name.safeParse(proposed.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200));
  if (parsed.success) return parsed.data;
  throw new WorkbenchError('BAD_REQUEST', 'These test data need a name: say one.');
}
