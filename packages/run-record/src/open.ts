import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

export const recordSchema = 1;

export type RecordErrorCode = 'missing' | 'notReady' | 'notARecord' | 'newerSchema';

export class RecordError extends Error {
  readonly code: RecordErrorCode;

  constructor(code: RecordErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecordError';
    this.code = code;
  }
}

/** A record opened for reading. Functions take it as their first argument. */
export interface RecordReader {
  readonly path: string;
  readonly database: Database.Database;
  readonly prepared: Map<string, Database.Statement<unknown[], unknown>>;
}

export interface OpenRecordOptions {
  /** Path of the native module, where the caller chooses it; else the loader of better-sqlite3 finds it. */
  readonly nativeBinding?: string;
}

/**
 * Open a record for reading, also while it is written. `missing` and `notReady` are normal in the first moments of a
 * run: try again when its folder changes.
 */
export function openRecord(path: string, options: OpenRecordOptions = {}): RecordReader {
  if (!existsSync(path)) throw new RecordError('missing', `There is no run record at ${path}.`);
  const database = new Database(path, { ...options, readonly: true, fileMustExist: true });
  try {
    checkSchema(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return { path, database, prepared: new Map() };
}

export function closeRecord(record: RecordReader): void {
  record.database.close();
}

/**
 * Make a record that nobody writes any more one self-contained file: after a kill its last batches lie in the -wal file. With a reader
 * that has it open, as whoever watched the run, every row comes into the file all the same, only the side files stay; false then.
 */
export function sealRecord(path: string, options: OpenRecordOptions = {}): boolean {
  const database = new Database(path, { ...options, fileMustExist: true, timeout: 500 });
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    return database.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (isSqliteError(error) && error.code.startsWith('SQLITE_BUSY')) return false;
    throw error;
  } finally {
    database.close();
  }
}

/** The statement for a text, made once a record. */
export function prepare<Parameters extends unknown[], Row>(
  record: Pick<RecordReader, 'database' | 'prepared'>,
  sql: string,
): Database.Statement<Parameters, Row> {
  let statement = record.prepared.get(sql);
  if (statement === undefined) {
    statement = record.database.prepare<unknown[], unknown>(sql);
    record.prepared.set(sql, statement);
  }
  return statement as Database.Statement<Parameters, Row>;
}

/** Several queries that see the same moment of a record that grows. */
export function atOneMoment<Result>(record: RecordReader, read: () => Result): Result {
  return record.database.transaction(read).deferred();
}

function checkSchema(database: Database.Database, path: string): void {
  const version = readVersion(database, path);
  if (version === 0) throw new RecordError('notReady', `The run record at ${path} has no tables yet.`);
  if (version > recordSchema) {
    throw new RecordError('newerSchema', `The run record at ${path} was written by a newer version (${version}).`);
  }
}

function readVersion(database: Database.Database, path: string): number {
  try {
    return Number(database.pragma('user_version', { simple: true }));
  } catch (error) {
    if (isSqliteError(error) && error.code === 'SQLITE_NOTADB') {
      throw new RecordError('notARecord', `${path} is not a run record.`, { cause: error });
    }
    throw error;
  }
}

function isSqliteError(error: unknown): error is Error & { code: string } {
  return error instanceof Database.SqliteError;
}
