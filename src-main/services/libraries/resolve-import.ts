import { posix } from 'node:path';
import type { FoundImport } from './parse-imports.ts';

/** Libraries that every run has: those of every supported Robot Framework, and the workbench's own keywords. */
export const ROBOT_LIBRARIES: ReadonlySet<string> = new Set([
  'ATN',
  'BuiltIn',
  'Collections',
  'DateTime',
  'Dialogs',
  'Easter',
  'OperatingSystem',
  'Process',
  'Remote',
  'Screenshot',
  'String',
  'Telnet',
  'XML',
]);

/**
 * Whether an import names a file of the revision. `noFile`: it names a module; `absent`: a file that is not there; `dynamic`: only the run
 * knows. Paths are relative to the file that imports, then to the root of the revision, which is Robot's working directory.
 */
export function localFile(
  { kind, name, path }: Pick<FoundImport, 'kind' | 'name'> & { path: string },
  files: ReadonlySet<string>,
): 'local' | 'absent' | 'dynamic' | 'noFile' {
  const folder = posix.dirname(path);
  const written = name
    .replaceAll('${/}', '/')
    .replaceAll(/\$\{CURDIR\}/giu, '')
    .replaceAll(/\$\{EXECDIR\}/giu, '//');
  if (/[$@&%]\{/u.test(written)) return 'dynamic';
  const atRoot = written.startsWith('//');
  const target = written.replaceAll('\\\\', '/').replace(/^\/+/u, '');
  const isPath = kind !== 'library' || /\.py$|\/|\\\\/iu.test(written);
  if (!isPath) return 'noFile';
  if (posix.isAbsolute(name) || /^[A-Za-z]:[\\/]/u.test(name)) return 'dynamic';
  if (kind === 'variables' && !/[./]/u.test(target)) return 'noFile';
  const candidates = [...(atRoot ? [] : [posix.join(folder, target)]), posix.normalize(target)];
  return candidates.some((each) => isThere(each, files)) ? 'local' : 'absent';
}

/** A file, or a package folder. */
function isThere(path: string, files: ReadonlySet<string>): boolean {
  const plain = path.replace(/\/$/u, '');
  return files.has(plain) || files.has(`${plain}/__init__.py`);
}
