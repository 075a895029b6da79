import { extname } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { saveFolderFiles } from '../../store/libraries.ts';
import { openFolder } from '../test-data/folder-source.ts';
import { keepContent } from '../test-data/keep-revision.ts';
import type { AddOptions } from './add-file.ts';
import { keepLibrary, type Added } from './keep-library.ts';
import type { LibraryServices } from './library-services.ts';

interface FolderToAdd {
  folder: string;
  name: string;
  origin?: string;
}

/** A folder of modules and resource files: kept file by file, and laid on the search path of runs. */
export async function addFolder(
  services: LibraryServices,
  { folder, name, origin = folder }: FolderToAdd,
  options: AddOptions,
): Promise<Added> {
  const { signal = new AbortController().signal, onProgress } = options;
  const at = () => services.clock.now();
  const source = await openFolder({
    folder,
    signal,
    onFound: (done) => onProgress?.({ step: 'Looking what is there', done, total: null, unit: 'files', at: at() }),
  });
  const importNames = modulesIn(source.files.map(({ path }) => path));
  if (importNames.length === 0) {
    throw new WorkbenchError(
      'BAD_REQUEST',
      `There is neither a Python module nor a .resource file in ${folder}. Choose the folder that holds them.`,
    );
  }
  const say = (
    step: string,
    amount: { done: number | null; total: number | null; unit: 'files' | 'packages' | 'bytes' | 'none' } = UNKNOWN,
  ) => onProgress?.({ step, ...amount, at: at() });
  const { hash, files } = await keepContent(services, source, { signal, say });
  saveFolderFiles(services.store, hash, files);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const kept = { description: '', source: 'folder' as const, requirement: null, sha256: hash, fileName: null, origin, size };
  return keepLibrary(services, { name, version: hash.slice(0, 8), importNames, ...kept }, options.caller);
}

const UNKNOWN = { done: null, total: null, unit: 'none' } as const;

/** What can be imported with the folder on the search path: its modules, packages and resource files. */
function modulesIn(paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => {
    const [first = '', ...rest] = path.split('/');
    if (rest.length === 0 && /\.(?:resource|robot)$/iu.test(first)) return [first];
    if (extname(path) !== '.py') return [];
    return rest.length === 0 ? [first.slice(0, -'.py'.length)] : [first];
  });
  return [...new Set(names)]
    .filter((name) => (/^[A-Za-z_]\w*$/u.test(name) ? !name.startsWith('__') : /\.(?:resource|robot)$/iu.test(name)))
    .sort();
}
