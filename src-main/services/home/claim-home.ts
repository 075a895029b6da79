import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { lockFile } from '../../store/sqlite-lock.ts';
import { layoutOf, type HomeLayout } from './layout.ts';
import { readOwner, writeOwner, writeOwnFile, type Owner } from './owner.ts';

export interface HomeClaim {
  readonly layout: HomeLayout;
  /** Writes down where the owner can be reached, so that others join it: the address in owner.json, the token in a file only the user reads. */
  announce(address: { url: string; ownerToken: string }): void;
  release(): void;
}

interface ClaimOptions {
  home: string;
  face: Owner['face'];
  appVersion: string;
  nativeBinding?: string | undefined;
}

/** Makes the home when absent and becomes its one owner. Throws HOME_IN_USE (details say by whom), HOME_UNUSABLE or DISK_FULL. */
export function claimHome(options: ClaimOptions): HomeClaim {
  const layout = layoutOf(options.home);
  makeFolders(layout);
  const lock = lockFile(layout.lock, options.nativeBinding);
  if (lock === null) throw inUse(layout);
  try {
    const owner: Owner = {
      pid: process.pid,
      face: options.face,
      startedAt: Date.now(),
      appVersion: options.appVersion,
      url: null,
      tokenFile: null,
    };
    writeOwner(layout.owner, owner);
    rmSync(layout.scratch, { recursive: true, force: true });
    mkdirSync(layout.scratch);
    return {
      layout,
      announce: ({ url, ownerToken }) => {
        writeOwnFile(layout.ownerToken, `${ownerToken}\n`);
        writeOwner(layout.owner, { ...owner, url, tokenFile: layout.ownerToken });
      },
      release: () => {
        rmSync(layout.owner, { force: true });
        rmSync(layout.ownerToken, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw unusable(error, options.home);
  }
}

function makeFolders(layout: HomeLayout): void {
  try {
    if (statSync(layout.home, { throwIfNoEntry: false })?.isFile() === true) {
      throw new WorkbenchError('HOME_UNUSABLE', `${layout.home} is a file. Choose a folder as home.`);
    }
    mkdirSync(layout.home, { recursive: true, mode: 0o700 });
    for (const folder of [layout.content, layout.runs, layout.backups, layout.logs]) mkdirSync(folder, { recursive: true });
    const probe = join(layout.home, `.write-probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw unusable(error, layout.home);
  }
}

function inUse(layout: HomeLayout): WorkbenchError {
  const owner = readOwner(layout.owner);
  const what = owner?.face === 'desktop' ? 'The desktop app' : 'A headless harness';
  const details = owner === null ? [] : ownerDetails(owner);
  return new WorkbenchError(
    'HOME_IN_USE',
    owner === null
      ? `Another ATN Workbench owns ${layout.home}. Use that one, end it, or choose another home.`
      : `${what} (process ${owner.pid}) owns ${layout.home}. Use that one, end it, or choose another home.`,
    { details },
  );
}

function ownerDetails({ pid, face, startedAt, url }: Owner): string[] {
  return [`pid ${pid}`, `face ${face}`, `since ${new Date(startedAt).toISOString()}`, ...(url === null ? [] : [`address ${url}`])];
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOTDIR: 'part of its path is a file',
  EEXIST: 'a file is in the place of a folder',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a read-only file system',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'its path is a circle of links',
};

function unusable(error: unknown, home: string): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new WorkbenchError('DISK_FULL', `The disk that holds ${home} is full. Free some space and start again.`, { cause: error });
  }
  const why = REFUSALS[code];
  if (why === undefined) return asWorkbenchError(error);
  return new WorkbenchError('HOME_UNUSABLE', `${home} cannot be used as home: ${why}. Choose another folder with --home.`, {
    cause: error,
  });
}
