import type { Progress } from '../../../src-shared/model/system.ts';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { newId } from '../../new-id.ts';
import { insertRevision } from '../../store/test-data-history.ts';
import { archiveTestData, findTestDataByName, insertTestData } from '../../store/test-data.ts';
import { contentProblem } from './content-problem.ts';
import type { ImportSource } from './import-source.ts';
import { keepFiles, type KeptFiles } from './keep-files.ts';
import { writeManifest, type ManifestFile } from './manifest.ts';
import { announceTestData, needTestData, type TestDataServices } from './test-data-services.ts';

export type Amount = Pick<Progress, 'done' | 'total' | 'unit'>;
export type Say = (step: string, done?: Amount) => void;

/** The content of a revision in the content store; `undo` takes back what was added for it, `settle` says that it has its place in a history. */
export interface KeptRevision {
  hash: string;
  files: ManifestFile[];
  undo: () => Promise<void>;
  settle: () => Promise<void>;
}

/**
 * Puts every file of the source and the list of them into the content store. When that fails or is cancelled nothing of it stays.
 * `others` are in the store already and belong to the revision as well.
 */
export async function keepContent(
  { content }: Pick<TestDataServices, 'content'>,
  source: ImportSource,
  { signal, say, others = [] }: { signal: AbortSignal; say: Say; others?: readonly ManifestFile[] },
): Promise<KeptRevision> {
  const total = source.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let kept: KeptFiles | undefined;
  try {
    kept = await keepFiles(content, source, {
      signal,
      onBytes: (bytes) => {
        done += bytes;
        say('Keeping the files', { done, total, unit: 'bytes' });
      },
    });
    signal.throwIfAborted();
    const files = [...kept.files, ...others];
    const { hash, bytes } = writeManifest(files);
    await kept.putList(bytes, hash);
    return { hash, files, undo: kept.undo, settle: kept.settle };
  } catch (error) {
    await kept?.undo();
    throw contentProblem(error);
  }
}

export interface RevisionFacts extends Pick<TestData['newest'], 'author' | 'message' | 'source'> {
  hash: string;
  files: readonly ManifestFile[];
  /** The number of the revision that it was made from; the newest when left out. */
  parent?: number;
}

/** The next revision of these test data, unless the newest has exactly this content. What was archived comes back. */
export function addRevision(services: TestDataServices, id: string, facts: RevisionFacts): { testData: TestData; unchanged: boolean } {
  const { store, clock } = services;
  const unchanged = store.transaction(() => {
    const { newest, archivedAt } = needTestData(store, id);
    if (archivedAt !== null) archiveTestData(store, id, null);
    if (newest.hash === facts.hash) return true;
    insertRevision(store, rowOf(facts, { testDataId: id, createdAt: clock.now(), parent: facts.parent ?? newest.number }));
    return false;
  })();
  announceTestData(services, id);
  return { testData: needTestData(store, id), unchanged };
}

export interface NewTestDataFacts {
  name: string;
  suiteName: string;
  copiedFrom?: TestData['copiedFrom'];
}

/** New test data with their first revision. */
export function addTestData(services: TestDataServices, facts: RevisionFacts & NewTestDataFacts): TestData {
  const { store, clock } = services;
  const { name, suiteName, author, copiedFrom } = facts;
  const createdAt = clock.now();
  const id = newId(createdAt);
  store.transaction(() => {
    insertTestData(store, { id, name, suiteName, author, createdAt, ...(copiedFrom === undefined ? {} : { copiedFrom }) });
    insertRevision(store, rowOf(facts, { testDataId: id, createdAt, parent: null }));
  })();
  announceTestData(services, id);
  services.changes.emit('system:changed', {});
  return needTestData(store, id);
}

/** By name, or new under that name. */
export function addToName(services: TestDataServices, facts: RevisionFacts & NewTestDataFacts): { testData: TestData; unchanged: boolean } {
  const known = findTestDataByName(services.store, facts.name);
  return known === undefined ? { testData: addTestData(services, facts), unchanged: false } : addRevision(services, known.id, facts);
}

function rowOf(
  { hash, files, author, message, source }: RevisionFacts,
  more: { testDataId: string; createdAt: number; parent: number | null },
) {
  return { hash, author, message, source, fileCount: files.length, size: files.reduce((sum, { size }) => sum + size, 0), ...more };
}

const UNKNOWN: Amount = { done: null, total: null, unit: 'none' };
const PROGRESS_EVERY_MS = 50;

/** Says each step at once and its amounts every 50 ms at most. */
export function progressSayer({ clock }: Pick<TestDataServices, 'clock'>, onProgress: (progress: Progress) => void): Say {
  let [lastStep, lastAt] = ['', 0];
  return (step, amount = UNKNOWN) => {
    const at = clock.now();
    if (step === lastStep && amount.done !== amount.total && at - lastAt < PROGRESS_EVERY_MS) return;
    [lastStep, lastAt] = [step, at];
    onProgress({ step, ...amount, at });
  };
}
