import { realpath, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LibrarySpec } from '../../../src-shared/contract/harness/libraries.ts';
import { WorkbenchError } from '../../errors.ts';
import { addSources, addWheel, type AddOptions } from './add-file.ts';
import { addFolder } from './add-folder.ts';
import { addGit } from './add-git.ts';
import { keepLibrary, type Added } from './keep-library.ts';
import { importNamesOf } from './known-distributions.ts';
import type { LibraryServices } from './library-services.ts';
import { readRequirement } from './requirement.ts';

/** Adds a library, or a version to one that is there. Throws BAD_REQUEST, ARCHIVE_REFUSED, ENVIRONMENT_FAILED, INDEX_UNREACHABLE, CANCELLED. */
export async function addLibrary(services: LibraryServices, spec: LibrarySpec, options: AddOptions): Promise<Added> {
  switch (spec.from) {
    case 'requirement':
      return addRequirement(services, spec.requirement, options);
    case 'path':
      return addPath(services, spec, options);
    case 'git':
      return addGit(services, spec, options);
  }
}

function addRequirement(services: LibraryServices, text: string, { caller }: AddOptions): Added {
  const { name, versions, text: requirement } = readRequirement(text);
  const nothing = { description: '', sha256: null, fileName: null, size: null };
  const importNames = importNamesOf(name);
  return keepLibrary(
    services,
    { name, version: versions, source: 'requirement', requirement, origin: requirement, importNames, ...nothing },
    caller,
  );
}

interface PathSpec {
  path: string;
  name?: string | undefined;
}

/** A wheel, a source distribution, a package's folder, or a folder of modules. */
export async function addPath(services: LibraryServices, { path, name }: PathSpec, options: AddOptions): Promise<Added> {
  const real = await realpath(path).catch((cause: unknown) => notThere(path, cause));
  const isFolder = (await stat(real)).isDirectory();
  if (isFolder && !isPackage(real)) return addFolder(services, { folder: real, name: name ?? basename(real) }, options);
  if (!isFolder && real.endsWith('.whl')) return addWheel(services, { path: real, source: 'wheel', origin: basename(real) }, options);
  return addSources(services, { path: real, source: 'sdist', origin: basename(real) }, options);
}

function isPackage(folder: string): boolean {
  return ['pyproject.toml', 'setup.py'].some((name) => existsSync(join(folder, name)));
}

function notThere(path: string, cause: unknown): never {
  throw new WorkbenchError('BAD_REQUEST', `${path} does not exist or cannot be read. Check the path.`, { cause });
}
