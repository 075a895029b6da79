import { put } from '@atn/content-store';
import { basename, resolve } from 'node:path';
import type { Progress } from '../../../src-shared/model/system.ts';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { Name } from '../../../src-shared/model/text.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { findTestDataByName, saveRevision, saveTestData } from '../../store/test-data.ts';
import type { Caller } from '../caller.ts';
import { contentProblem } from './content-problem.ts';
import { discoverRevision } from './discover-revision.ts';
import type { ImportSource } from './import-source.ts';
import { keepFiles, type KeptFiles } from './keep-files.ts';
import { writeManifest } from './manifest.ts';
import { openSource } from './open-source.ts';
import { needTestData, announceTestData, type TestDataServices } from './test-data-services.ts';

export interface ImportRequest {
  path: string;
  name?: string | undefined;
  /** What the person named; the path itself when left out. */
  source?: string | undefined;
  caller: Caller;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export interface Imported {
  testData: TestData;
  /** The newest revision of that name already had exactly this content. */
  unchanged: boolean;
  warnings: string[];
}

/**
 * Brings a folder, a zip or a suite file in as the newest revision of its name. Nothing is kept when it fails or is cancelled. Throws
 * BAD_REQUEST, NO_SUITES, ARCHIVE_REFUSED, DISK_FULL, CANCELLED.
 */
export async function importTestData(services: TestDataServices, request: ImportRequest): Promise<Imported> {
  const name = nameFor(request);
  const before = services.turns.last;
  const turn = untilFree(before, request.signal).then(() => importNow(services, { ...request, name }));
  services.turns.last = Promise.allSettled([before, turn]);
  const imported = await turn;
  await lookForSuites(services, request, imported.testData.newest.hash);
  return { ...imported, testData: needTestData(services.store, imported.testData.id) };
}

/** Who waits for another import can be cancelled at once. */
async function untilFree(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let stopWaiting: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    stopWaiting = resolve;
    signal.addEventListener('abort', stopWaiting);
  });
  await Promise.race([before, cancelled]);
  signal.removeEventListener('abort', stopWaiting);
}

async function importNow(services: TestDataServices, request: ImportRequest & { name: string }): Promise<Imported> {
  const { signal } = request;
  const say = progressOf(services, request);
  let kept: KeptFiles | undefined;
  try {
    signal.throwIfAborted();
    const source = await openSource({
      path: request.path,
      signal,
      onFound: (files) => say('Looking what is there', { done: files, total: null, unit: 'files' }),
    });
    try {
      kept = await keepContent(services, source, { signal, say });
    } finally {
      source.close();
    }
    signal.throwIfAborted();
    const { hash, bytes } = writeManifest(kept.files);
    await put(services.content, bytes, { expected: hash });
    return { ...save(services, { ...request, hash, files: kept.files }), warnings: source.warnings };
  } catch (error) {
    await kept?.undo();
    throw contentProblem(error);
  }
}

type Say = (step: string, done?: Amount) => void;
type Amount = Pick<Progress, 'done' | 'total' | 'unit'>;

const UNKNOWN: Amount = { done: null, total: null, unit: 'none' };

async function keepContent(
  { content }: TestDataServices,
  source: ImportSource,
  { signal, say }: { signal: AbortSignal; say: Say },
): Promise<KeptFiles> {
  const total = source.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  return keepFiles(content, source, {
    signal,
    onBytes: (bytes) => {
      done += bytes;
      say('Keeping the files', { done, total, unit: 'bytes' });
    },
  });
}

interface ToSave {
  name: string;
  hash: string;
  files: KeptFiles['files'];
  caller: Caller;
  path: string;
  source?: string | undefined;
}

function save(services: TestDataServices, { name, hash, files, caller, path, source }: ToSave): Omit<Imported, 'warnings'> {
  const { store, clock } = services;
  const known = findTestDataByName(store, name);
  if (known?.newest.hash === hash) return { testData: known, unchanged: true };
  const now = clock.now();
  const id = known?.id ?? newId(now);
  store.transaction(() => {
    if (known === undefined) saveTestData(store, { id, name, createdAt: now });
    const size = files.reduce((sum, file) => sum + file.size, 0);
    saveRevision(store, {
      hash,
      testDataId: id,
      importedAt: now,
      importedBy: caller.user,
      source: source ?? path,
      fileCount: files.length,
      size,
    });
  })();
  announceTestData(services, id);
  if (known === undefined) services.changes.emit('system:changed', {});
  return { testData: needTestData(store, id), unchanged: false };
}

/** Without Python or Robot the import holds all the same: the suites are looked for when somebody opens it. */
async function lookForSuites(services: TestDataServices, request: ImportRequest, hash: string): Promise<void> {
  progressOf(services, request)('Looking for suites');
  try {
    await discoverRevision(services, hash, { signal: request.signal });
  } catch (error) {
    services.log.warn('no suites were looked for after an import', {
      revision: hash,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

const PROGRESS_EVERY_MS = 50;

function progressOf({ clock }: TestDataServices, { onProgress }: ImportRequest): Say {
  let [lastStep, lastAt] = ['', 0];
  return (step, amount = UNKNOWN) => {
    const at = clock.now();
    if (step === lastStep && amount.done !== amount.total && at - lastAt < PROGRESS_EVERY_MS) return;
    [lastStep, lastAt] = [step, at];
    onProgress({ step, ...amount, at });
  };
}

function nameFor({ name, path, source }: ImportRequest): string {
  const proposed =
    name ??
    basename(resolve(source ?? path))
      .replace(/\.(?:zip|robot)$/iu, '')
      .replaceAll(/\p{Cc}/gu, ' ');
  const parsed = Name.safeParse(proposed.slice(0, 200));
  if (parsed.success) return parsed.data;
  throw new WorkbenchError('BAD_REQUEST', 'These test data need a name: say one.');
}
