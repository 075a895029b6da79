import { readConsole, type ConsolePart, type LaneCursor, type LanePart } from '@atn/run-record';
import type { TimedItem } from '../../../src-shared/contract/harness/record.ts';
import type { RecordFailure, RecordItem, RecordMessage } from '../../../src-shared/model/record.ts';
import { WorkbenchError } from '../../errors.ts';
import type { RunFolder } from '../../robot/run-files.ts';
import { ReadThread } from '../../workers/read-thread.ts';

import type { RecordPlace } from './record-handles.ts';
import type { ReadRecordQueries, ReadRecordSettings } from './read-record.thread.ts';
import threadFile from './read-record.thread?modulePath';

/** What reading needs to know of a run. */
export interface RecordedRun {
  folder: RunFolder;
  ended: boolean;
  /** Tests that have a result: then there was a record. */
  results: number;
}

export interface RecordServiceOptions extends ReadRecordSettings {
  /** Throws NOT_FOUND for a run that is not there. */
  findRun: (id: string) => RecordedRun;
}

type Page = { afterId: number; limit: number };

/** One answer to a search comes after so long at most, however large the record. */
const FIND_MS = 150;
/** One turn of the reading thread: others (a live view above all) are served between two. */
const TURN_MS = 20;
const FAILURES_A_TURN = 100;
/** More bars beside each other cannot be told apart. */
const BARS_A_LEVEL = 300;

/** Reads records of runs, also of those that go on, in a thread of its own: nothing here holds up the main process. */
export class RecordService {
  readonly thread: ReadThread<ReadRecordQueries>;
  readonly #findRun: (id: string) => RecordedRun;

  constructor({ findRun, nativeBinding }: RecordServiceOptions) {
    this.#findRun = findRun;
    this.thread = new ReadThread<ReadRecordQueries>(threadFile, { nativeBinding } satisfies ReadRecordSettings);
  }

  async children(id: string, parent: number | null, page: Page): Promise<{ items: RecordItem[]; more: boolean }> {
    const run = this.#findRun(id);
    const items = (await this.thread.ask('children', { ...placeOf(run), parent, ...oneMore(page) })) ?? nothingIn(run);
    return { items: items.slice(0, page.limit), more: items.length > page.limit };
  }

  async items(id: string, ids: number[]): Promise<RecordItem[]> {
    const run = this.#findRun(id);
    return (await this.thread.ask('items', { ...placeOf(run), ids })) ?? nothingIn(run);
  }

  async path(id: string, item: number): Promise<RecordItem[]> {
    const run = this.#findRun(id);
    const path = (await this.thread.ask('path', { ...placeOf(run), id: item })) ?? nothingIn(run);
    if (path.length === 0) throw new WorkbenchError('NOT_FOUND', 'There is no such item in the record of this run.');
    return path;
  }

  async messages(id: string, item: number | null, page: Page): Promise<{ messages: RecordMessage[]; more: boolean }> {
    const run = this.#findRun(id);
    const messages = (await this.thread.ask('messages', { ...placeOf(run), id: item, ...oneMore(page) })) ?? nothingIn(run);
    return { messages: messages.slice(0, page.limit), more: messages.length > page.limit };
  }

  async failures(id: string, { afterId, limit }: Page): Promise<{ failures: RecordFailure[]; total: number; more: boolean }> {
    const run = this.#findRun(id);
    const failures: RecordFailure[] = [];
    for (let after = afterId; ; after = failures.at(-1)?.test.id ?? after) {
      const wanted = Math.min(FAILURES_A_TURN, limit + 1 - failures.length);
      const part = (await this.thread.ask('failures', { ...placeOf(run), afterId: after, limit: wanted })) ?? {
        failures: nothingIn(run),
        total: 0,
      };
      failures.push(...part.failures);
      if (part.failures.length < wanted || failures.length > limit) {
        return { failures: failures.slice(0, limit), total: part.total, more: failures.length > limit };
      }
    }
  }

  async find(id: string, text: string, { afterId, limit }: Page): Promise<{ items: RecordItem[]; resumeAt: number | null }> {
    const run = this.#findRun(id);
    const items: RecordItem[] = [];
    const until = performance.now() + FIND_MS;
    for (let after = afterId; ;) {
      const rest = { afterId: after, limit: limit - items.length, text, budgetMs: TURN_MS };
      const part = (await this.thread.ask('find', { ...placeOf(run), ...rest })) ?? { items: nothingIn(run), continueAfter: null };
      items.push(...part.items);
      if (part.continueAfter === null || items.length >= limit || performance.now() >= until)
        return { items, resumeAt: part.continueAfter };
      after = part.continueAfter;
    }
  }

  /** What ran between two moments, as far as it can be drawn. */
  async within(
    id: string,
    asked: { from: number; to: number; shortest: number; levels: number },
  ): Promise<{ items: TimedItem[]; cut: boolean }> {
    const run = this.#findRun(id);
    const stretch = { ...asked, limit: BARS_A_LEVEL };
    return (await this.thread.ask('within', { ...placeOf(run), stretch })) ?? { items: nothingIn(run), cut: false };
  }

  /** Rows behind the cursor as they lie in the file, for a copy elsewhere; null while there is no record. */
  lane(id: string, cursor: LaneCursor): Promise<LanePart | null> {
    return this.thread.ask('lane', { ...placeOf(this.#findRun(id)), cursor });
  }

  console(id: string, place: { offset: number; limit: number }): Promise<ConsolePart> {
    const run = this.#findRun(id);
    return readConsole(run.folder.console, { ...place, ended: run.ended });
  }

  /** Gives back the files of a run, so that its folder can be removed. */
  async release(id: string): Promise<void> {
    await this.thread.ask('close', { file: this.#findRun(id).folder.record });
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}

export function placeOf(run: RecordedRun): RecordPlace {
  return { file: run.folder.record, live: !run.ended };
}

const oneMore = ({ afterId, limit }: Page): Page => ({ afterId, limit: limit + 1 });

/** Before its first test a run has no record, and one that broke before never gets one. Results without a record: it was lost. */
export function nothingIn(run: RecordedRun): never[] {
  if (run.ended && run.results > 0) {
    throw new WorkbenchError('NOT_FOUND', 'The record of this run is gone: somebody removed or moved the file record.db from its folder.', {
      details: [run.folder.record],
    });
  }
  return [];
}
