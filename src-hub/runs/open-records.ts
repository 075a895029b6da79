import {
  closeRecord,
  closeWriter,
  createRecord,
  metaValue,
  openRecord,
  reopenRecord,
  type RecordReader,
  type RecordWriter,
} from '@atn/run-record';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/** Who has not been asked for so long is closed, in milliseconds. */
const IDLE_MS = 20_000;
const MOST_OPEN = 200;

interface Handle<Thing> {
  thing: Thing;
  /** Which file it is: at the same place another one may lie meanwhile. */
  file: number;
  at: number;
}

/** Records that are kept open while they are asked: to open one costs more than to look into it, and one that is watched is looked at all the time. */
export class OpenRecords {
  readonly #readers = new Handles<RecordReader>(openRecord, closeRecord);
  readonly #writers = new Handles<RecordWriter>(openWriter, closeWriter);
  readonly #timer = setInterval(() => {
    this.#readers.closeIdle();
    this.#writers.closeIdle();
  }, IDLE_MS / 2).unref();

  /** Throws a RecordError where there is none yet. */
  read(path: string): RecordReader {
    return this.#readers.get(path);
  }

  /** Made where there is none. */
  write(path: string): RecordWriter {
    return this.#writers.get(path);
  }

  /** Those in a folder, before it is removed. */
  closeIn(folder: string): void {
    // Who closes a file as the last one tidies it up, and only a writer can.
    this.#readers.closeIn(folder);
    this.#writers.closeIn(folder);
  }

  close(): void {
    clearInterval(this.#timer);
    this.closeIn('');
  }
}

function openWriter(path: string): RecordWriter {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) return createRecord(path);
  const record = reopenRecord(path);
  try {
    metaValue(record, 'robot');
    return record;
  } catch (error) {
    closeWriter(record);
    if (!(error instanceof Error) || !error.message.includes('no such table')) throw error;
    // Whoever was to make it was ended in the middle.
    rmSync(path);
    return createRecord(path);
  }
}

class Handles<Thing> {
  /** The one that was asked last is the last. */
  readonly #open = new Map<string, Handle<Thing>>();
  readonly #make: (path: string) => Thing;
  readonly #end: (thing: Thing) => void;

  constructor(make: (path: string) => Thing, end: (thing: Thing) => void) {
    this.#make = make;
    this.#end = end;
  }

  get(path: string): Thing {
    const known = this.#open.get(path);
    this.#open.delete(path);
    if (known !== undefined && known.file === fileAt(path)) {
      known.at = Date.now();
      this.#open.set(path, known);
      return known.thing;
    }
    if (known !== undefined) this.#end(known.thing);
    const thing = this.#make(path);
    this.#open.set(path, { thing, file: fileAt(path), at: Date.now() });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#close(oldest);
    return thing;
  }

  closeIdle(): void {
    for (const [path, { at }] of [...this.#open]) if (Date.now() - at > IDLE_MS) this.#close(path);
  }

  closeIn(folder: string): void {
    for (const path of [...this.#open.keys()]) if (folder === '' || path.startsWith(folder + sep)) this.#close(path);
  }

  #close(path: string): void {
    const known = this.#open.get(path);
    this.#open.delete(path);
    if (known !== undefined) this.#end(known.thing);
  }
}

/** Zero: there is none. */
function fileAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? 0;
}
