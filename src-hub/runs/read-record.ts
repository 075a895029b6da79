import {
  children,
  counts,
  errors,
  failures,
  failureView,
  find,
  item,
  itemsWithin,
  itemView,
  messages,
  messageView,
  pathTo,
  readConsole,
  RecordError,
  stretchView,
  testResults,
  type ConsolePart,
  type RecordReader,
} from '@atn/run-record';
import { contentPath } from '@atn/content-store';
import { setImmediate as turn } from 'node:timers/promises';
import type { MergedTest, TimedItem } from '../../src-shared/contract/harness/record.ts';
import type { RecordFailure, RecordItem, RecordMessage } from '../../src-shared/model/record.ts';
import { RunManifest } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import { findRemoteRun, type RemoteRunRow } from '../store/runs.ts';
import { liveConsole, liveRecord, type HubRunServices } from './run-services.ts';

interface Page {
  afterId: number;
  limit: number;
}

/** One answer to a search comes after so long at most; others are served between two turns. Milliseconds. */
const FIND_MS = 150;
const TURN_MS = 20;
/** More bars beside each other cannot be told apart. */
const BARS_A_LEVEL = 300;

/** Where the copy of a run is read: live while it goes on, by hash when it is published. */
export interface CopyPlace {
  row: RemoteRunRow;
  record: string;
  console: string;
}

export async function placeOf(services: HubRunServices, id: string): Promise<CopyPlace> {
  const row = await findRemoteRun(services.store, id);
  if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
  const files = row.published_at === null || row.manifest === null ? [] : RunManifest.parse(JSON.parse(row.manifest)).files;
  const published = (kind: string) => {
    const found = files.find((file) => file.kind === kind);
    return found === undefined ? undefined : contentPath(services.content, found.sha256);
  };
  return {
    row,
    record: published('record') ?? liveRecord(services, id),
    console: published('console') ?? liveConsole(services, id),
  };
}

/** Null: there is no record yet, or it never came to one. */
export function readCopy<Result>(
  { records }: HubRunServices,
  { record: file }: CopyPlace,
  query: (record: RecordReader) => Result,
): Result | null {
  try {
    return query(records.read(file));
  } catch (error) {
    if (error instanceof RecordError && (error.code === 'missing' || error.code === 'notReady')) return null;
    throw new HubError('INTERNAL', 'The record of this run cannot be read now. Try again.', { cause: error });
  }
}

export class RecordCopies {
  readonly #services: HubRunServices;

  constructor(services: HubRunServices) {
    this.#services = services;
  }

  async children(id: string, parent: number | null, { afterId, limit }: Page): Promise<{ items: RecordItem[]; more: boolean }> {
    const rows = (await this.#ask(id, (record) => children(record, parent, { afterId, limit: limit + 1 }))) ?? [];
    return { items: rows.slice(0, limit).map(itemView), more: rows.length > limit };
  }

  async items(id: string, ids: readonly number[]): Promise<RecordItem[]> {
    return ((await this.#ask(id, (record) => ids.flatMap((one) => item(record, one) ?? []))) ?? []).map(itemView);
  }

  async path(id: string, of: number): Promise<RecordItem[]> {
    const found = (await this.#ask(id, (record) => pathTo(record, of))) ?? [];
    if (found.length === 0) throw new HubError('NOT_FOUND', 'There is no such item in the record of this run.');
    return found.map(itemView);
  }

  async messages(id: string, of: number | null, { afterId, limit }: Page): Promise<{ messages: RecordMessage[]; more: boolean }> {
    const page = { afterId, limit: limit + 1 };
    const rows = (await this.#ask(id, (record) => (of === null ? errors(record, page) : messages(record, of, page)))) ?? [];
    return { messages: rows.slice(0, limit).map(messageView), more: rows.length > limit };
  }

  async failures(id: string, { afterId, limit }: Page): Promise<{ failures: RecordFailure[]; total: number; more: boolean }> {
    const read = (record: RecordReader) => ({ rows: failures(record, { afterId, limit: limit + 1 }), total: counts(record).failed });
    const { rows, total } = (await this.#ask(id, read)) ?? { rows: [], total: 0 };
    return { failures: rows.slice(0, limit).map(failureView), total, more: rows.length > limit };
  }

  async find(id: string, text: string, { afterId, limit }: Page): Promise<{ items: RecordItem[]; resumeAt: number | null }> {
    const place = await placeOf(this.#services, id);
    const items: RecordItem[] = [];
    const until = performance.now() + FIND_MS;
    for (let after = afterId; ;) {
      const page = { afterId: after, limit: limit - items.length, budgetMilliseconds: TURN_MS };
      const part = readCopy(this.#services, place, (record) => find(record, text, page)) ?? { items: [], continueAfter: null };
      items.push(...part.items.map(itemView));
      if (part.continueAfter === null || items.length >= limit || performance.now() >= until)
        return { items, resumeAt: part.continueAfter };
      after = part.continueAfter;
      await turn();
    }
  }

  async console(id: string, place: { offset: number; limit: number }): Promise<ConsolePart> {
    const { row, console } = await placeOf(this.#services, id);
    return readConsole(console, { ...place, ended: row.published_at !== null });
  }

  async within(
    id: string,
    asked: { from: number; to: number; shortest: number; levels: number },
  ): Promise<{ items: TimedItem[]; cut: boolean }> {
    const stretch = { ...asked, limit: BARS_A_LEVEL, budgetMilliseconds: TURN_MS };
    return (await this.#ask(id, (record) => stretchView(itemsWithin(record, stretch)))) ?? { items: [], cut: false };
  }

  /** The run alone: reruns are runs of their own here. */
  async merged(id: string): Promise<MergedTest[]> {
    const tests = (await this.#ask(id, (record) => [...testResults(record)])) ?? [];
    return tests.map(({ longName, name, status, message, id: of }) => ({
      ...{ longName, name, status, message, item: of },
      ...{ runId: id, outcomes: [{ runId: id, status }] },
    }));
  }

  async #ask<Result>(id: string, query: (record: RecordReader) => Result): Promise<Result | null> {
    return readCopy(this.#services, await placeOf(this.#services, id), query);
  }
}
