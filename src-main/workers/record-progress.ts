import { changesSince, closeRecord, openRecord, RecordError, type RecordCursor, type RecordReader } from '@atn/run-record';
import type { RunFolder } from '../robot/run-files.ts';
import { stampOf } from './folder-watch.ts';
import type { SuperviseMessage } from './run-messages.ts';

/** Tests are counted so often at most. */
const COUNTS_MS = 200;

/** Says that the record and the console of a run grow, and how its tests stand. */
export class RecordProgress {
  readonly #folder: RunFolder;
  readonly #nativeBinding: string | null;
  readonly #send: (message: SuperviseMessage) => void;
  #record: RecordReader | null = null;
  #cursor: RecordCursor | null = null;
  #stamps = '';
  #countedAt = -Infinity;
  #countsDue = false;
  #told = '';

  constructor(folder: RunFolder, nativeBinding: string | null, send: (message: SuperviseMessage) => void) {
    this.#folder = folder;
    this.#nativeBinding = nativeBinding;
    this.#send = send;
  }

  look(): void {
    const stamps = [this.#folder.record, `${this.#folder.record}-wal`, this.#folder.console].map(stampOf).join('|');
    if (stamps !== this.#stamps) {
      this.#stamps = stamps;
      this.#countsDue = true;
      this.#send({ type: 'grew' });
    }
    if (this.#countsDue && performance.now() - this.#countedAt >= COUNTS_MS) this.#count();
  }

  /** When the next look has something to count at the latest, even if nothing grows any more. */
  dueInMs(): number {
    return this.#countsDue ? Math.max(0, this.#countedAt + COUNTS_MS - performance.now()) : Infinity;
  }

  #count(): void {
    this.#countedAt = performance.now();
    this.#countsDue = false;
    try {
      this.#record ??= this.#open();
      const changes = changesSince(this.#record, this.#cursor);
      this.#cursor = changes.cursor;
      const { passed, failed, skipped, notRun, total } = changes.counts;
      const test =
        changes.running.find(({ kind }) => kind === 'test')?.name ?? changes.running.findLast(({ kind }) => kind === 'suite')?.name ?? null;
      const told = JSON.stringify([passed, failed, skipped, notRun, total, test]);
      if (told === this.#told) return;
      this.#told = told;
      this.#send({ type: 'progress', counts: { passed, failed, skipped, notRun }, total, test });
    } catch (error) {
      if (!(error instanceof RecordError) && !isSqlite(error)) throw error;
      this.close(); // not there yet, or locked for a moment: the next look tries again
    }
  }

  #open(): RecordReader {
    return openRecord(this.#folder.record, this.#nativeBinding === null ? {} : { nativeBinding: this.#nativeBinding });
  }

  close(): void {
    if (this.#record !== null) closeRecord(this.#record);
    this.#record = null;
  }
}

function isSqlite(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}
