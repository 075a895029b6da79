import type { ContentStore } from '@atn/content-store';
import { createHash } from 'node:crypto';
import type { SaveResult } from '../../../src-shared/contract/harness/test-data-revisions.ts';
import type { FileChange, FileConflict } from '../../../src-shared/model/test-data-change.ts';
import type { TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { listRevisions } from '../../store/test-data-history.ts';
import type { Caller } from '../caller.ts';
import { compareFiles } from './compare-revisions.ts';
import type { SourceFile } from './import-source.ts';
import { lookForSuites } from './import-test-data.ts';
import { addRevision, keepContent, type KeptRevision } from './keep-revision.ts';
import type { ManifestFile } from './manifest.ts';
import { applyChanges, mergeFiles, type Entry, type Listing } from './merge-files.ts';
import { refuseWithoutSuites } from './open-source.ts';
import { readRevision, readText } from './read-revision.ts';
import { needTestData, type TestDataServices } from './test-data-services.ts';

interface SaveRequest {
  id: string;
  base: string;
  changes: readonly FileChange[];
  message: string;
  caller: Caller;
  /** Whether suites are looked for by the way; they are when somebody asks for them. */
  look?: boolean;
}

/**
 * Makes what a person edited the newest revision. What others saved since her base is kept: files that only one side changed are put
 * together, and where both changed one nothing is saved and both sides are answered. Throws NOT_FOUND, BAD_REQUEST, NO_SUITES, DISK_FULL.
 */
export async function saveRevision(services: TestDataServices, request: SaveRequest): Promise<SaveResult> {
  const saved = await services.turns.take(undefined, () => save(services, request));
  // Suites are looked for when all is kept: who saves does not wait for it.
  if (saved.type === 'saved' && !saved.unchanged && request.look !== false)
    void lookForSuites(services, needTestData(services.store, request.id));
  return saved;
}

async function save(services: TestDataServices, request: SaveRequest): Promise<SaveResult> {
  const { content, store } = services;
  const { newest, name } = needTestData(store, request.id);
  if (!listRevisions(store, request.id).some(({ hash }) => hash === request.base))
    throw new WorkbenchError('NOT_FOUND', `${name} has no revision ${request.base.slice(0, 12)}. Open the newest one and try again.`);
  const texts = new Texts();
  const base = listingOf(await readRevision(content, request.base));
  const mine = applyChanges(base, request.changes, (text) => texts.entryOf(text));
  const theirs = newest.hash === request.base ? base : listingOf(await readRevision(content, newest.hash));
  const { files, conflicts } = mergeFiles(base, theirs, mine);
  if (conflicts.length > 0) {
    const sides = conflicts.map((path) => conflictOf(content, texts, { path, base, theirs, mine }));
    return { type: 'conflict', newest, files: await Promise.all(sides) };
  }
  refuseWithoutSuites([...files.keys()].map((path) => ({ path })));
  const { revision, unchanged } = await keep(services, request, { files, texts, newest });
  const merged = compareFiles(filesOf(base), filesOf(theirs)).map(({ path }) => path);
  return { type: 'saved', revision, merged, unchanged };
}

interface ToKeep {
  files: Listing;
  texts: Texts;
  newest: TestDataRevision;
}

async function keep(services: TestDataServices, { id, message, caller }: SaveRequest, { files, texts, newest }: ToKeep) {
  const fresh = filesOf(files).flatMap((file): SourceFile[] => {
    const bytes = texts.bytesOf(file.sha256);
    return bytes === undefined ? [] : [{ ...file, open: () => Promise.resolve(once(bytes)) }];
  });
  const others = filesOf(files).filter(({ sha256 }) => texts.bytesOf(sha256) === undefined);
  const source = { files: fresh, warnings: [], close: () => undefined };
  let kept: KeptRevision | undefined;
  try {
    kept = await keepContent(services, source, { signal: new AbortController().signal, say: () => undefined, others });
    const facts = {
      ...{ hash: kept.hash, files: kept.files, author: caller.user, message, parent: newest.number },
      source: { kind: 'edit', place: 'edited here', ref: null, commit: null, subfolder: null } as const,
    };
    const { testData, unchanged } = addRevision(services, id, facts);
    await kept.settle();
    return { revision: testData.newest, unchanged };
  } catch (error) {
    await kept?.undo();
    throw error;
  }
}

/** What was typed, as content. */
class Texts {
  readonly #bytes = new Map<string, Buffer>();

  entryOf(text: string): Omit<Entry, 'executable'> {
    const bytes = Buffer.from(text);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#bytes.set(sha256, bytes);
    return { sha256, size: bytes.length };
  }

  bytesOf(sha256: string): Buffer | undefined {
    return this.#bytes.get(sha256);
  }
}

async function conflictOf(
  content: ContentStore,
  texts: Texts,
  { path, base, theirs, mine }: { path: string; base: Listing; theirs: Listing; mine: Listing },
): Promise<FileConflict> {
  const side = async (listing: Listing) => {
    const entry = listing.get(path);
    if (entry === undefined) return null;
    const typed = texts.bytesOf(entry.sha256);
    return { size: entry.size, text: typed === undefined ? await readText(content, entry) : typed.toString('utf8') };
  };
  return { path, base: await side(base), theirs: await side(theirs), mine: await side(mine) };
}

function listingOf(files: readonly ManifestFile[]): Listing {
  return new Map(files.map(({ path, ...entry }) => [path, entry]));
}

function filesOf(listing: Listing): ManifestFile[] {
  return [...listing].map(([path, entry]) => ({ path, ...entry }));
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
