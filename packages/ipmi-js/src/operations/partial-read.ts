import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { MalformedError } from '../wire/errors.js';

/** Completion codes that mean "not so many bytes at once". */
const tooMany: readonly number[] = [
  completion.tooManyBytes,
  completion.lengthInvalid,
  completion.lengthExceeded,
  completion.cannotRespond,
  completion.outOfRange,
  completion.unspecified,
];

/** How many bytes a BMC gives at once; shrinks when it refuses, and stays there. */
export class ChunkSize {
  #size: number;
  readonly #smallest: number;

  constructor(first: number, smallest = 8) {
    this.#size = first;
    this.#smallest = smallest;
  }

  get size(): number {
    return this.#size;
  }

  /** Runs a read of at most `size` bytes, with fewer as long as the BMC says it is too much. */
  async read<T>(act: (size: number) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act(this.#size);
      } catch (error) {
        if (!isCompletion(error, ...tooMany) || this.#size <= this.#smallest) throw error;
        this.#size = Math.max(this.#smallest, Math.floor(this.#size / 2));
      }
    }
  }
}

/** Reads `length` bytes piece by piece; an answer without bytes ends in MalformedError instead of a loop without end. */
export async function readPieces(
  length: number,
  chunk: ChunkSize,
  read: (offset: number, count: number) => Promise<Buffer>,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let offset = 0;
  while (offset < length) {
    const at = offset;
    const part = await chunk.read((size) => read(at, Math.min(size, length - at)));
    if (part.length === 0) throw new MalformedError(`no bytes at offset ${at} of ${length}`);
    parts.push(part);
    offset += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}
