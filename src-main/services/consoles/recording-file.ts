import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from '../../../src-shared/model/console.ts';

/** A line of the index: from this offset on, the bytes came at this time (UTC ms). The last line, with `end`, says that it is over. */
interface Mark {
  offset: number;
  at: number;
  end?: true;
}

/** ms: pieces that come closer together share a mark, so that a flood of bytes does not make a flood of marks. */
const MARK_EVERY = 100;

/** One recording being written: bytes as they came in `<id>.bytes`, their times in `<id>.index`. What was written survives the process. */
export class RecordingWriter {
  readonly id: string;
  readonly begin: number;
  size = 0;
  readonly #bytes: number;
  readonly #index: number;
  #marked = Number.NEGATIVE_INFINITY;

  constructor(folder: string, { id, at }: { id: string; at: number }) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.id = id;
    this.begin = at;
    this.#bytes = openSync(join(folder, `${id}.bytes`), 'ax', 0o600);
    this.#index = openSync(join(folder, `${id}.index`), 'ax', 0o600);
    this.#mark({ offset: 0, at });
  }

  write(chunk: Buffer, at: number): void {
    if (at - this.#marked >= MARK_EVERY && this.size > 0) this.#mark({ offset: this.size, at });
    for (let done = 0; done < chunk.length;) done += writeSync(this.#bytes, chunk, done);
    this.size += chunk.length;
  }

  end(at: number): void {
    this.#mark({ offset: this.size, at, end: true });
    closeSync(this.#bytes);
    closeSync(this.#index);
  }

  #mark(mark: Mark): void {
    this.#marked = mark.at;
    writeSync(this.#index, `${JSON.stringify(mark)}\n`);
  }
}

/** All recordings of a SUT, newest first. One that its harness did not end ended with its last mark. */
export function listRecordings(folder: string, sutId: string): Recording[] {
  if (!existsSync(folder)) return [];
  const ids = readdirSync(folder).flatMap((name) => (name.endsWith('.index') ? [name.slice(0, -'.index'.length)] : []));
  return ids
    .map((id) => {
      const marks = readMarks(folder, id);
      return { id, sutId, begin: marks[0]?.at ?? 0, end: marks.at(-1)?.at ?? 0, size: statSync(join(folder, `${id}.bytes`)).size };
    })
    .sort((a, b) => b.begin - a.begin || b.id.localeCompare(a.id));
}

export function readRecording(
  folder: string,
  id: string,
  { offset, length }: { offset: number; length: number },
): { bytes: Buffer; size: number } {
  const file = openSync(join(folder, `${id}.bytes`), 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    const read = bytes.length === 0 ? 0 : readSync(file, bytes, 0, bytes.length, offset);
    return { bytes: bytes.subarray(0, read), size };
  } finally {
    closeSync(file);
  }
}

export function hasRecording(folder: string, id: string): boolean {
  return /^[\w-]+$/u.test(id) && existsSync(join(folder, `${id}.bytes`));
}

/** When what is at an offset came; marks are in order. */
export function timeAt(marks: readonly Mark[], offset: number): number | null {
  return marks.findLast((mark) => mark.offset <= offset && mark.end !== true)?.at ?? marks[0]?.at ?? null;
}

/** A line that was cut off by the end of the process is left out. */
export function readMarks(folder: string, id: string): Mark[] {
  return readFileSync(join(folder, `${id}.index`), 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Mark];
      } catch {
        return [];
      }
    });
}
