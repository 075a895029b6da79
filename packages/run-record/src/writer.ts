import Database from 'better-sqlite3';
import { kindCode, levelCode, statusCode, type ItemKind, type ItemStatus, type MessageLevel } from './codes.ts';
import { schemaSql } from './schema.ts';
import type { OpenRecordOptions, RecordReader } from './open.ts';

/** A record opened for writing: fixtures, and results that come from somewhere else than our listener. */
export interface RecordWriter {
  readonly path: string;
  readonly database: Database.Database;
  readonly prepared: RecordReader['prepared'];
}

export interface NewItem {
  readonly id: number;
  readonly parent: number | null;
  readonly kind: ItemKind;
  readonly name: string;
  readonly status?: ItemStatus;
  readonly startedAt?: number;
  readonly elapsedMicroseconds?: number | null;
  readonly owner?: string;
  readonly arguments?: readonly string[];
  readonly assign?: readonly string[];
  readonly doc?: string;
  readonly tags?: readonly string[];
  readonly source?: string;
  readonly line?: number;
  readonly robotId?: string;
  readonly message?: string;
  readonly tests?: number;
}

export interface NewMessage {
  readonly item: number | null;
  readonly text: string;
  readonly level?: MessageLevel;
  readonly time?: number;
  readonly html?: boolean;
}

const itemSql = `INSERT OR REPLACE INTO item VALUES (@id, @parent, @kind, @name, @owner, @args, @assign, @doc, @tags, @source,
  @line, @robotId, @status, @started, @elapsed, @message, @tests)`;
const messageSql = 'INSERT INTO message (item, time, level, html, text) VALUES (?, ?, ?, ?, ?)';

export function createRecord(path: string, options: OpenRecordOptions = {}): RecordWriter {
  const database = new Database(path, { ...options });
  database.pragma('journal_mode = WAL');
  database.exec(`BEGIN;\n${schemaSql}\nCOMMIT;`);
  return { path, database, prepared: new Map() };
}

/** One that `createRecord` has made, to write on in it. */
export function reopenRecord(path: string, options: OpenRecordOptions = {}): RecordWriter {
  return { path, database: new Database(path, { ...options, fileMustExist: true }), prepared: new Map() };
}

export function closeWriter(record: RecordWriter): void {
  record.database.close();
}

/** One transaction for everything written inside. */
export function inOneBatch(record: RecordWriter, write: () => void): void {
  record.database.transaction(write).immediate();
}

export function setMeta(record: RecordWriter, key: string, value: string): void {
  record.database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
}

/** Adds items, or replaces those with the same id: how an item ends. */
export function putItems(record: RecordWriter, items: Iterable<NewItem>): void {
  const statement = record.database.prepare(itemSql);
  for (const item of items) statement.run(toColumns(item));
}

export function putMessages(record: RecordWriter, messages: Iterable<NewMessage>): void {
  const statement = record.database.prepare(messageSql);
  for (const message of messages) {
    const level = levelCode(message.level ?? 'info');
    statement.run(message.item, message.time ?? 0, level, message.html === true ? 1 : 0, message.text);
  }
}

function toColumns(item: NewItem): Record<string, string | number | null> {
  const running = item.status === 'running';
  return {
    id: item.id,
    parent: item.parent,
    kind: kindCode(item.kind),
    name: item.name,
    owner: item.owner ?? null,
    args: json(item.arguments),
    assign: json(item.assign),
    doc: item.doc ?? null,
    tags: json(item.tags),
    source: item.source ?? null,
    line: item.line ?? null,
    robotId: item.robotId ?? null,
    status: statusCode(item.status ?? 'passed'),
    started: item.startedAt ?? 0,
    elapsed: running ? null : (item.elapsedMicroseconds ?? 0),
    message: item.message ?? null,
    tests: item.tests ?? null,
  };
}

const json = (values: readonly string[] | undefined): string | null =>
  values === undefined || values.length === 0 ? null : JSON.stringify(values);
