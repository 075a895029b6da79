import { put } from '@atn/content-store';
import { copyFile, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LibrarySpec } from '../../../src-shared/contract/harness/libraries.ts';
import { WorkbenchError } from '../../errors.ts';
import { carryOut } from '../../robot/environment-orders.ts';
import type { Caller } from '../caller.ts';
import type { EnsureOptions } from '../environments/default-environment.ts';
import { orderOptions, toolsOf } from '../environments/environment-services.ts';
import { contentProblem } from '../test-data/content-problem.ts';
import { addFolder } from './add-folder.ts';
import { addGit } from './add-git.ts';
import { keepLibrary, type Added } from './keep-library.ts';
import { importNamesOf } from './known-distributions.ts';
import type { LibraryServices } from './library-services.ts';
import { readRequirement } from './requirement.ts';

export interface AddOptions extends EnsureOptions {
  caller: Caller;
}

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

export interface FileToAdd {
  path: string;
  source: 'wheel' | 'sdist' | 'git';
  origin: string;
}

/** Sources are built once, here: what is installed later is the wheel, so nothing is built while a run waits. */
export async function addSources(services: LibraryServices, file: FileToAdd, options: AddOptions): Promise<Added> {
  const { environments } = services;
  const target = await mkdtemp(join(services.scratch, 'wheel-'));
  try {
    const tools = await toolsOf(environments, options.signal);
    const content = { source: file.path, target };
    const { path } = await carryOut('wheel', { tools, content }, orderOptions(environments, options));
    return await addWheel(services, { ...file, path }, options);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function addWheel(services: LibraryServices, { path, source, origin }: FileToAdd, { caller, signal }: AddOptions): Promise<Added> {
  const folder = await mkdtemp(join(services.scratch, 'library-'));
  try {
    // A copy of our own: nobody changes it between the look and the keeping.
    const copy = join(folder, basename(path));
    await copyFile(path, copy);
    const tools = await toolsOf(services.environments, signal);
    const { name, version, summary, importNames } = await carryOut('describe', { tools, content: { path: copy } }, { signal });
    const { sha256, size } = await put(services.content, copy, signal === undefined ? {} : { signal });
    const kept = { name, version, description: summary, importNames, source, requirement: null, sha256, size, origin };
    return keepLibrary(services, { ...kept, fileName: basename(path) }, caller);
  } catch (error) {
    throw contentProblem(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
