import { put } from '@atn/content-store';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { carryOut } from '../../robot/environment-orders.ts';
import type { Caller } from '../caller.ts';
import type { EnsureOptions } from '../environments/default-environment.ts';
import { orderOptions, toolsOf } from '../environments/environment-services.ts';
import { contentProblem } from '../test-data/content-problem.ts';
import { keepLibrary, type Added } from './keep-library.ts';
import type { LibraryServices } from './library-services.ts';

export interface AddOptions extends EnsureOptions {
  caller: Caller;
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

export async function addWheel(
  services: LibraryServices,
  { path, source, origin }: FileToAdd,
  { caller, signal }: AddOptions,
): Promise<Added> {
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
