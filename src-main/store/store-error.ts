import { asWorkbenchError, WorkbenchError } from '../errors.ts';

const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CORRUPT_INDEX', 'SQLITE_CORRUPT_SEQUENCE', 'SQLITE_CORRUPT_VTAB']);
const REFUSED = /^SQLITE_(?:READONLY|CANTOPEN|PERM|IOERR_LOCK|IOERR_SHM)/u;

/** What SQLite says about a file, as a sentence for the person whose file it is. */
export function storeError(error: unknown, file: string): WorkbenchError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const extra = { details: [`${file}: ${error instanceof Error ? error.message : String(error)}`], cause: error };
  if (DAMAGED.has(code)) {
    return new WorkbenchError(
      'HOME_UNUSABLE',
      `The database ${file} is damaged. Nothing was changed. Move it away and put the newest copy from the folder "backups" in its place, or start with another home.`,
      extra,
    );
  }
  if (REFUSED.test(code)) {
    return new WorkbenchError(
      'HOME_UNUSABLE',
      `The database ${file} cannot be written. Check the permissions of its folder, or choose another home.`,
      extra,
    );
  }
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') {
    return new WorkbenchError('DISK_FULL', `The disk that holds ${file} is full. Free some space and try again; nothing was lost.`, extra);
  }
  return asWorkbenchError(error);
}
