import { closeRecord, openRecord, RecordError, type RecordReader } from '@atn/run-record';
import { WorkbenchError } from '../../errors.ts';

export interface RecordPlace {
  file: string;
  /**
   * Its run goes on: then the handle is given back as soon as nobody reads, because whoever seals the record at the end must find it
   * closed.
   */
  live: boolean;
}

const MOST_OPEN = 8;
const LIVE_IDLE_MS = 100;
const IDLE_MS = 60_000;

interface Held {
  record: RecordReader;
  timer: NodeJS.Timeout | null;
}

/** Records held open for the next question, the longest unused closed first. */
export class RecordHandles {
  readonly #held = new Map<string, Held>();
  readonly #options: { nativeBinding?: string };

  constructor(nativeBinding: string | null) {
    this.#options = nativeBinding === null ? {} : { nativeBinding };
  }

  /** Answers null when there is no record yet (or none any more). Throws a sentence when there is one that cannot be read. */
  read<Result>(place: RecordPlace, query: (record: RecordReader) => Result): Result | null {
    try {
      const held = this.#hold(place.file);
      const result = query(held.record);
      this.#idle(place, held);
      return result;
    } catch (error) {
      this.close(place.file);
      if (error instanceof RecordError && (error.code === 'missing' || error.code === 'notReady')) return null;
      throw readingError(error, place.file);
    }
  }

  close(file: string): void {
    const held = this.#held.get(file);
    if (held === undefined) return;
    this.#held.delete(file);
    clearTimeout(held.timer ?? undefined);
    closeRecord(held.record);
  }

  #hold(file: string): Held {
    const held = this.#held.get(file) ?? { record: openRecord(file, this.#options), timer: null };
    this.#held.delete(file);
    this.#held.set(file, held); // the youngest stands last
    const [oldest] = this.#held.keys();
    if (this.#held.size > MOST_OPEN && oldest !== undefined) this.close(oldest);
    return held;
  }

  #idle({ file, live }: RecordPlace, held: Held): void {
    clearTimeout(held.timer ?? undefined);
    held.timer = setTimeout(() => this.close(file), live ? LIVE_IDLE_MS : IDLE_MS).unref();
  }
}

function readingError(error: unknown, file: string): WorkbenchError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const extra = { details: [`${file}: ${error instanceof Error ? error.message : String(error)}`], cause: error };
  if (code === 'newerSchema') {
    return new WorkbenchError(
      'CONFLICT',
      'This run was recorded by a newer version of ATN Workbench. Install that version to read it.',
      extra,
    );
  }
  if (code === 'notARecord' || /^SQLITE_(?:CORRUPT|NOTADB|SCHEMA|ERROR)/u.test(code)) {
    return new WorkbenchError(
      'INTERNAL',
      'The record of this run is damaged, so its tree cannot be shown. Its report and console are files of their own: open log.html instead.',
      extra,
    );
  }
  return new WorkbenchError('INTERNAL', 'The record of this run cannot be read now. Try again.', extra);
}
