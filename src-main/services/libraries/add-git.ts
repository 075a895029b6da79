import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { checkAddress, checkRef } from '../../tools/git-address.ts';
import { GitBlobs } from '../../tools/git-blobs.ts';
import { fetchFiles, type GitFile } from '../../tools/git-repository.ts';
import { LIMITS, refuseTooMuch } from '../test-data/import-limits.ts';
import { pathProblem } from '../test-data/path-rules.ts';
import { addFolder } from './add-folder.ts';
import { addSources, type AddOptions } from './add-file.ts';
import type { Added } from './keep-library.ts';
import type { LibraryServices } from './library-services.ts';

interface GitSpec {
  url: string;
  /** Branch or tag; what the repository gives by itself when left out. */
  ref?: string | undefined;
}

/** A repository at one commit: built as a package where it is one, else kept as a folder of modules. */
export async function addGit(services: LibraryServices, { url, ref }: GitSpec, options: AddOptions): Promise<Added> {
  const scratch = await mkdtemp(join(services.scratch, 'git-'));
  const folder = join(scratch, nameOf(checkAddress(url)));
  try {
    const wanted = { url, ref: ref === undefined ? null : checkRef(ref) };
    const commit = await fetchInto(services, { ...wanted, folder, repository: join(scratch, 'repository') }, options);
    const origin = [url, ...(ref === undefined ? [] : [ref]), commit.slice(0, 12)].join(' ');
    const isPackage = ['pyproject.toml', 'setup.py'].some((name) => existsSync(join(folder, name)));
    if (!isPackage) return await addFolder(services, { folder, name: nameOf(url), origin }, options);
    return await addSources(services, { path: folder, source: 'git', origin }, options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Fetching {
  url: string;
  ref: string | null;
  folder: string;
  repository: string;
}

/** Writes the files of the commit; answers it. Links and submodules are left out. */
async function fetchInto(services: LibraryServices, { folder, repository, ...wanted }: Fetching, options: AddOptions): Promise<string> {
  const { signal = new AbortController().signal, onProgress } = options;
  await mkdir(repository);
  await mkdir(folder);
  const { commit, files } = await fetchFiles(
    { ...wanted, subfolder: null },
    {
      folder: repository,
      signal,
      onProgress: (step) => onProgress?.({ step, done: null, total: null, unit: 'none', at: services.clock.now() }),
    },
  );
  const taken = files.filter(({ kind, path }) => kind === 'file' && pathProblem(path) === null);
  refuseTooMuch({ files: taken.length, bytes: taken.reduce((sum, { size }) => sum + size, 0) }, LIMITS);
  const blobs = new GitBlobs(repository, signal);
  try {
    for (const file of taken) await writeOut(blobs, file, folder);
  } finally {
    blobs.close();
  }
  return commit;
}

async function writeOut(blobs: GitBlobs, { path, object, executable }: GitFile, folder: string): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, await blobs.read(object), { mode: executable ? 0o755 : 0o644 });
}

function nameOf(url: string): string {
  const name = basename(url.replace(/[/\\:]+$/u, '').replaceAll(':', '/')).replace(/\.git$/iu, '');
  if (/^[\w.-]+$/u.test(name) && !/^\.+$/u.test(name)) return name;
  throw new WorkbenchError('BAD_REQUEST', 'The address of the repository does not end in a name. Check it.');
}
