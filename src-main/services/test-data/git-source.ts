import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { GitBlobs } from '../../tools/git-blobs.ts';
import { checkAddress, checkRef } from '../../tools/git-address.ts';
import { fetchFiles, type GitFile } from '../../tools/git-repository.ts';
import { isIgnoredFile, isIgnoredFolder } from './ignore-list.ts';
import { LIMITS, refuseTooMuch } from './import-limits.ts';
import type { SourceFile } from './import-source.ts';
import type { ImportOptions, Imported, OpenedImport } from './import-test-data.ts';
import { baseNameOf, importInto, nameFor } from './import-test-data.ts';
import type { Say } from './keep-revision.ts';
import { accept } from './open-source.ts';
import { pathProblem, sayPath } from './path-rules.ts';
import { suiteNameOf } from './suite-name.ts';
import type { TestDataServices } from './test-data-services.ts';

/** Up to this size a file goes through memory, many of them through one process of git. */
const SMALL = 4 * 1024 ** 2;
/** What git keeps in place of a file that lies in a large file storage. */
const POINTER = Buffer.from('version https://git-lfs.github.com/spec/');

export interface GitPlace {
  url: string;
  ref: string | null;
  subfolder: string | null;
}

export interface GitRequest extends ImportOptions {
  url: string;
  ref?: string | undefined;
  subfolder?: string | undefined;
}

/** Brings the suites of a branch or tag in as the newest revision of their name. Throws what `importTestData` throws. */
export async function importGit(services: TestDataServices, request: GitRequest): Promise<Imported> {
  const place = checkPlace(request);
  const baseName = baseNameOf(place.subfolder ?? place.url.replace(/[/:]+$/u, '').replaceAll(':', '/'));
  return importInto(services, {
    ...request,
    target: { name: nameFor(request.name ?? baseName), suiteName: suiteNameOf(baseName) },
    open: (say) => openGit(services, place, { signal: request.signal, say }),
  });
}

export function checkPlace({ url, ref, subfolder }: Pick<GitRequest, 'url' | 'ref' | 'subfolder'>): GitPlace {
  const folder = subfolder?.replaceAll(/^[/]+|[/]+$/gu, '') ?? '';
  const problem = folder === '' ? null : pathProblem(folder);
  if (problem !== null)
    throw new WorkbenchError('BAD_REQUEST', `The folder ${sayPath(folder)} ${problem}. Give it as it is inside the repository.`);
  return { url: checkAddress(url), ref: ref === undefined ? null : checkRef(ref), subfolder: folder === '' ? null : folder };
}

/** Fetches the commit into scratch, from where its files are read until the source is closed. */
export async function openGit(
  { scratch }: Pick<TestDataServices, 'scratch'>,
  place: GitPlace,
  { signal, say }: { signal: AbortSignal; say: Say },
): Promise<OpenedImport> {
  const folder = await mkdtemp(join(scratch, 'git-'));
  const leave = () => rm(folder, { recursive: true, force: true });
  try {
    const { commit, files } = await fetchFiles(place, {
      ...{ folder, signal },
      onProgress: (step, percent) => say(step, { done: percent, total: percent === null ? null : 100, unit: 'none' }),
    });
    const blobs = new GitBlobs(folder, signal);
    const close = async () => {
      blobs.close();
      await leave();
    };
    const warnings: string[] = [];
    const taken = files.filter((file) => isTaken(file, warnings));
    refuseTooMuch({ files: taken.length, bytes: taken.reduce((sum, { size }) => sum + size, 0) }, LIMITS);
    const source = await accept({ files: taken.map((file) => sourceFile(blobs, file, warnings)), warnings, close });
    const origin = { kind: 'git', place: place.url, ref: place.ref, commit, subfolder: place.subfolder } as const;
    return { ...source, warnings, origin };
  } catch (error) {
    await leave();
    throw error;
  }
}

function isTaken({ path, kind }: GitFile, warnings: string[]): boolean {
  const segments = path.split('/');
  if (segments.slice(0, -1).some(isIgnoredFolder) || isIgnoredFile(segments.at(-1) ?? '')) return false;
  if (kind === 'link') warnings.push(`${sayPath(path)} is a symbolic link and was left out.`);
  if (kind === 'submodule') warnings.push(`${sayPath(path)} is a submodule and was left out. Import its repository by itself.`);
  const problem = kind === 'file' ? pathProblem(path) : null;
  if (problem !== null)
    throw new WorkbenchError('BAD_REQUEST', `${sayPath(path)} in the repository ${problem}. It cannot be imported with it.`);
  return kind === 'file';
}

function sourceFile(blobs: GitBlobs, { path, size, executable, object }: GitFile, warnings: string[]): SourceFile {
  const small = async function* (): AsyncGenerator<Uint8Array> {
    const bytes = await blobs.read(object);
    if (bytes.subarray(0, POINTER.length).equals(POINTER))
      warnings.push(`${sayPath(path)} lies in git's large file storage, which is not fetched: only the pointer to it was taken.`);
    yield bytes;
  };
  return {
    path,
    size,
    executable: executable && process.platform !== 'win32',
    open: () => Promise.resolve(size > SMALL ? blobs.stream(object) : small()),
  };
}
