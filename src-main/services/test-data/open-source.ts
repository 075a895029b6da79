import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { nameKey } from '../../text-key.ts';
import { openFolder } from './folder-source.ts';
import { isSuiteFile } from './ignore-list.ts';
import type { ImportSource } from './import-source.ts';
import { sayPath } from './path-rules.ts';
import { openZip } from './zip-source.ts';

interface OpenRequest {
  path: string;
  signal: AbortSignal;
  onFound: (files: number) => void;
}

/** A folder, a zip or a single suite file, made one. Throws BAD_REQUEST, NO_SUITES or ARCHIVE_REFUSED. */
export async function openSource({ path, signal, onFound }: OpenRequest): Promise<ImportSource & { kind: 'folder' | 'zip' | 'file' }> {
  const real = await realpath(path).catch((cause: unknown) => notThere(path, cause));
  const found = await stat(real).catch((cause: unknown) => notThere(path, cause));
  if (found.isDirectory()) return { kind: 'folder', ...(await accept(await openFolder({ folder: real, signal, onFound }))) };
  return { kind: /\.zip$/iu.test(real) ? 'zip' : 'file', ...(await accept(await openFile(real, found.size, signal))) };
}

/** Refuses what holds no suite, and says which names may clash elsewhere. Closes what it refuses. */
export async function accept(source: ImportSource): Promise<ImportSource> {
  try {
    refuseWithoutSuites(source.files);
  } catch (error) {
    await source.close();
    throw error;
  }
  source.warnings.push(...caseCollisions(source));
  return source;
}

function notThere(path: string, cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why: Record<string, string> = {
    ENOENT: 'does not exist. Check the path.',
    ENOTDIR: 'does not exist: a part of the path is a file. Check the path.',
    EACCES: 'cannot be read. Check its permissions.',
    EPERM: 'cannot be read. Check its permissions.',
    ELOOP: 'is a symbolic link that leads back to itself.',
    ENAMETOOLONG: 'is longer than a path can be here.',
  };
  throw new WorkbenchError('BAD_REQUEST', `${sayPath(path)} ${why[code] ?? 'cannot be read.'}`, {
    details: why[code] === undefined ? [String(cause)] : [],
    cause,
  });
}

async function openFile(file: string, size: number, signal: AbortSignal): Promise<ImportSource> {
  const name = basename(file);
  if (/\.zip$/iu.test(name)) return openZip(file, signal);
  if (!isSuiteFile(name)) {
    throw new WorkbenchError('NO_SUITES', `${sayPath(name)} is not a suite. Import a folder of suites, a .robot file, or a zip of them.`);
  }
  return { files: [{ path: name, size, executable: false, open: () => Promise.resolve(file) }], warnings: [], close: () => undefined };
}

export function refuseWithoutSuites(files: readonly { path: string }[]): void {
  if (files.some(({ path }) => isSuiteFile(path))) return;
  const some = files.slice(0, 10).map(({ path }) => sayPath(path));
  throw new WorkbenchError(
    'NO_SUITES',
    `There is no .robot file in it${files.length === 0 ? ': it is empty' : ` among ${files.length} files`}.`,
    {
      details: files.length > some.length ? [...some, `and ${files.length - some.length} more`] : some,
    },
  );
}

/** Fine here, but not where file systems do not tell upper from lower case. */
function caseCollisions({ files }: ImportSource): string[] {
  const seen = new Map<string, string>();
  const warnings: string[] = [];
  for (const { path } of files) {
    const key = nameKey(path);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, path);
    else
      warnings.push(`${sayPath(other)} and ${sayPath(path)} differ only in case: on Windows and macOS this revision cannot be unpacked.`);
  }
  return warnings;
}
