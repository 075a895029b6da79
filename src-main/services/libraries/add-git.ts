import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { fetchRepository } from '../../robot/git.ts';
import { addFolder } from './add-folder.ts';
import { addSources, type AddOptions } from './add-library.ts';
import type { Added } from './keep-library.ts';
import type { LibraryServices } from './library-services.ts';

interface GitSpec {
  url: string;
  /** Branch, tag or commit; the repository's own default when left out. */
  ref?: string | undefined;
}

/** A repository at one commit: built as a package where it is one, else kept as a folder of modules. */
export async function addGit(services: LibraryServices, { url, ref }: GitSpec, options: AddOptions): Promise<Added> {
  const { signal, onProgress } = options;
  const scratch = await mkdtemp(join(services.scratch, 'git-'));
  const folder = join(scratch, nameOf(url));
  try {
    onProgress?.({ step: `Fetching ${withoutUser(url)} …`, done: null, total: null, unit: 'none', at: services.clock.now() });
    const { commit } = await fetchRepository({ url, ref, folder, signal });
    await rm(join(folder, '.git'), { recursive: true, force: true });
    const origin = `${withoutUser(url)} ${ref === undefined ? '' : `${ref} `}${commit.slice(0, 12)}`;
    const isPackage = ['pyproject.toml', 'setup.py'].some((name) => existsSync(join(folder, name)));
    if (!isPackage) return await addFolder(services, { folder, name: nameOf(url), origin }, options);
    return await addSources(services, { path: folder, source: 'git', origin }, options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function nameOf(url: string): string {
  const name = basename(url.replace(/[/\\]+$/u, '')).replace(/\.git$/iu, '');
  if (!/^[\w.-]+$/u.test(name) || /^\.+$/u.test(name))
    throw new WorkbenchError('BAD_REQUEST', `"${withoutUser(url)}" is not the address of a repository.`);
  return name;
}

/** An address may hold a password: it is not shown, nor kept. */
function withoutUser(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]+@/u, '$1');
}
