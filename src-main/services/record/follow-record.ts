import { consoleSize, type RecordCursor } from '@atn/run-record';
import { randomUUID } from 'node:crypto';
import type { RecordDelta } from '../../../src-shared/model/record.ts';
import type { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import { nothingIn, placeOf, type RecordedRun, type RecordService } from './record-service.ts';

export interface FollowOptions {
  record: RecordService;
  changes: Changes;
  findRun: (id: string) => RecordedRun;
}

/** One reader of one growing record. It keeps a place, never what the reader has not taken: a slow one costs no memory. */
export class RecordFollower {
  readonly #options: FollowOptions;
  readonly #id: string;
  readonly #follower = randomUUID();
  readonly #over = new AbortController();
  #cursor: RecordCursor | null;
  #told = '';
  #inParts = false;
  #again: () => void = () => undefined;

  constructor(options: FollowOptions, id: string, cursor: string | undefined) {
    this.#options = options;
    this.#id = id;
    this.#cursor = cursor === undefined ? null : parseCursor(cursor);
    options.findRun(id);
  }

  /** Aborts when the run has ended and everything was told. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** `listener` hears that there may be something new. */
  listen(listener: () => void): () => void {
    this.#again = listener;
    const { changes } = this.#options;
    const stops = [
      changes.on('record:grew', ({ runId }) => runId === this.#id && listener()),
      changes.on('runs:changed', ({ ids, removed }) => (ids.includes(this.#id) || removed.includes(this.#id)) && listener()),
    ];
    return () => {
      for (const stop of stops) stop();
      void this.#options.record.thread.ask('leave', { follower: this.#follower }).catch(() => undefined);
    };
  }

  /** All that is there, or its first part; never nothing. */
  async first(): Promise<RecordDelta> {
    return (await this.next()) ?? this.#empty(await consoleSize(this.#options.findRun(this.#id).folder.console));
  }

  /** What came since the last answer; undefined when that is nothing. */
  async next(): Promise<RecordDelta | undefined> {
    const run = this.#options.findRun(this.#id); // before reading: what is read after the end is all of it
    const asked = { ...placeOf(run), cursor: this.#cursor, follower: this.#follower };
    const [found, size] = await Promise.all([this.#options.record.thread.ask('changes', asked), consoleSize(run.folder.console)]);
    if (found === null) nothingIn(run);
    // What happened between the parts of a first look was heard and is not in them: so once more after the last.
    const again = found?.more === true || this.#inParts;
    this.#inParts = found?.more === true;
    if (again) this.#again();
    else if (run.ended) this.#over.abort();
    if (found === null) return this.#ifNew(this.#empty(size));
    this.#cursor = found.cursor;
    const { more, cursor, ...delta } = found;
    return this.#ifNew({ ...delta, cursor: formatCursor(cursor), consoleSize: size }, more || found.items.length > 0);
  }

  #ifNew(delta: RecordDelta, surely = false): RecordDelta | undefined {
    const running = delta.runningPath.at(-1)?.id;
    const tells = JSON.stringify([delta.maxItem, running, delta.counts, delta.consoleSize]);
    const isNew = surely || tells !== this.#told;
    this.#told = tells;
    return isNew ? delta : undefined;
  }

  #empty(size: number): RecordDelta {
    const counts = { passed: 0, failed: 0, skipped: 0, notRun: 0 };
    return { cursor: formatCursor(this.#cursor), items: [], runningPath: [], maxItem: 0, counts, consoleSize: size };
  }
}

/** `lastItem.lastMessage.open,open`: a place in one record. A hyphen is its beginning. */
export function formatCursor(cursor: RecordCursor | null): string {
  return cursor === null ? '-' : `${cursor.lastItem}.${cursor.lastMessage}.${cursor.open.join(',')}`;
}

export function parseCursor(text: string): RecordCursor | null {
  if (text === '-') return null;
  const [, lastItem, lastMessage, open = ''] = /^(\d{1,15})\.(\d{1,15})\.((?:\d{1,15}(?:,|$))*)$/u.exec(text) ?? [];
  if (lastItem === undefined)
    throw new WorkbenchError('BAD_REQUEST', 'This cursor is not one that the record has given. Follow from the beginning, without one.');
  return {
    lastItem: Number(lastItem),
    lastMessage: Number(lastMessage),
    open: open === '' ? [] : open.split(',').filter(Boolean).map(Number),
  };
}
