import Database from 'better-sqlite3';
import { HubError } from '../errors.ts';

/** A copy as of one moment; readers and writers of `from` are not in the way. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const database = new Database(from, { readonly: true });
  try {
    await database.backup(to);
  } finally {
    database.close();
  }
}

/** Throws where the file is no store of a hub, or a damaged one. */
export function demandWhole(file: string): void {
  try {
    const database = new Database(file, { readonly: true });
    try {
      const ours = database.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get();
      const found = database.pragma('integrity_check', { simple: true });
      if (ours !== undefined && found === 'ok') return;
    } finally {
      database.close();
    }
  } catch (error) {
    throw new HubError('BAD_REQUEST', `${file} is not the store of a hub, or it is damaged.`, { cause: error });
  }
  throw new HubError('BAD_REQUEST', `${file} is not the store of a hub, or it is damaged.`);
}

/** A hub that runs keeps its store open, and then nobody else may have it alone. */
export function isInUse(file: string): boolean {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('begin exclusive; commit');
    // In WAL mode only the last user may leave that mode.
    database.pragma('journal_mode = DELETE');
    return database.pragma('journal_mode', { simple: true }) !== 'delete';
  } catch {
    return true;
  } finally {
    database.close();
  }
}
