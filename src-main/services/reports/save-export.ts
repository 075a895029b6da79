import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import type { ReportExport } from './export-report.ts';

/** Writes an export to a path of this machine. The path holds either all of it or what it held before; nothing half is left over. */
export async function saveExport(made: ReportExport, path: string, overwrite: boolean): Promise<{ path: string; size: number }> {
  await refuseUnusable(path, overwrite);
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.partial`);
  try {
    await pipeline(await made.open(), createWriteStream(partial, { flags: 'wx', flush: true }));
    const { size } = await stat(partial);
    await (overwrite ? rename(partial, path) : placeNew(partial, path));
    return { path, size };
  } catch (error) {
    throw saveError(error, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function refuseUnusable(path: string, overwrite: boolean): Promise<void> {
  if (!isAbsolute(path)) throw new WorkbenchError('BAD_REQUEST', `Give the whole path of the file to write, not ${path}.`);
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory() === true)
    throw new WorkbenchError('BAD_REQUEST', `${path} is a folder. Give the name of the file to write in it.`);
  if (there !== null && !overwrite) throw exists(path);
}

/** A link refuses what somebody else has put there meanwhile; file systems without links get the file by renaming. */
async function placeNew(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw exists(path);
    await rename(partial, path);
  }
}

const exists = (path: string) =>
  new WorkbenchError('CONFLICT', `${path} exists already. Choose another name, or say that it may be replaced.`);
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

function saveError(error: unknown, path: string): WorkbenchError {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new WorkbenchError('NOT_FOUND', `The folder ${dirname(path)} does not exist. Make it first, or choose another.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new WorkbenchError('FORBIDDEN', `You may not write into ${dirname(path)}. Choose a folder of your own.`, { cause: error });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new WorkbenchError(
      'DISK_FULL',
      `The disk that holds ${dirname(path)} is full. Nothing was left there; free some space and save again.`,
      { cause: error },
    );
  }
  return asWorkbenchError(error);
}
