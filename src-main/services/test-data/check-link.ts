import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { TestDataLink } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { findTestData } from '../../store/test-data.ts';
import type { LinkRow, LinkState } from '../../store/test-data-links.ts';
import { askCommit } from '../../tools/git-repository.ts';
import { compareFiles } from './compare-revisions.ts';
import { openFolder } from './folder-source.ts';
import type { SourceFile } from './import-source.ts';
import { writeManifest, type ManifestFile } from './manifest.ts';
import { readRevision } from './read-revision.ts';
import type { TestDataServices } from './test-data-services.ts';

/** File systems keep times this coarsely, ms: what changed closer to the moment it was taken is read again. */
const COARSE_MS = 3000;

/** Looks whether a link has something newer than what was taken from it. What cannot be reached is an answer as well. */
export async function lookAtLink(services: TestDataServices, link: LinkRow, signal: AbortSignal): Promise<LinkState> {
  try {
    const newer = link.kind === 'git' ? await newerCommit(services, link, signal) : await newerFiles(services, link, signal);
    return { state: newer === null ? 'same' : 'newer', newer, problem: null };
  } catch (error) {
    if (signal.aborted || !(error instanceof WorkbenchError)) throw error;
    return { state: 'gone', newer: null, problem: error.message };
  }
}

type Newer = NonNullable<TestDataLink['newer']>;

async function newerCommit({ scratch }: TestDataServices, { place, ref, taken }: LinkRow, signal: AbortSignal): Promise<Newer | null> {
  const { commit } = await askCommit({ url: place, ref }, { folder: scratch, signal });
  return commit === taken ? null : { added: 0, removed: 0, changed: 0, commit };
}

async function newerFiles(services: TestDataServices, link: LinkRow, signal: AbortSignal): Promise<Newer | null> {
  const hash = link.taken ?? findTestData(services.store, link.testDataId)?.newest.hash;
  const before = hash === undefined ? [] : await readRevision(services.content, hash);
  const { files } = await openFolder({ folder: link.place, signal, onFound: () => undefined });
  const known = new Map(before.map((file) => [file.path, file]));
  const now: ManifestFile[] = [];
  for (const file of files) now.push(await hashed(file, known.get(file.path), { takenAt: link.takenAt, signal }));
  if (writeManifest(now).hash === hash) return null;
  const differences = compareFiles(before, now);
  const count = (...kinds: string[]) => differences.filter(({ kind }) => kinds.includes(kind)).length;
  return { added: count('added'), removed: count('removed'), changed: count('changed', 'renamed'), commit: null };
}

/** A file that has its size and was not touched since it was taken has its content as well, and is not read. */
async function hashed(
  file: SourceFile,
  known: ManifestFile | undefined,
  { takenAt, signal }: { takenAt: number; signal: AbortSignal },
): Promise<ManifestFile> {
  const { path, size, executable, changedAt = Number.POSITIVE_INFINITY } = file;
  if (known?.size === size && changedAt < takenAt - COARSE_MS) return { ...known, executable };
  signal.throwIfAborted();
  const hash = createHash('sha256');
  const opened = await file.open();
  let bytes = 0;
  try {
    for await (const chunk of typeof opened === 'string' ? createReadStream(opened, { highWaterMark: 1 << 20 }) : opened) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch (cause) {
    throw new WorkbenchError('BAD_REQUEST', `${path} cannot be read. Check its permissions, or whether it is still there.`, { cause });
  }
  return { path, size: bytes, executable, sha256: hash.digest('hex') };
}
