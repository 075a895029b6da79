import { MalformedError } from './errors.js';

/** Reads little-endian fields from bytes that came from outside; never reads past the end. */
export class Reader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  #take(size: number): number {
    const at = this.#offset;
    if (size < 0 || at + size > this.#bytes.length) {
      throw new MalformedError(`${size} bytes wanted at offset ${at}, ${this.#bytes.length - at} there`);
    }
    this.#offset = at + size;
    return at;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }

  u24(): number {
    return this.#bytes.readUIntLE(this.#take(3), 3);
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  u16be(): number {
    return this.#bytes.readUInt16BE(this.#take(2));
  }

  u32be(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  /** An unsigned little-endian number of one to four bytes. */
  uint(size: number): number {
    return this.#bytes.readUIntLE(this.#take(size), size);
  }

  /** A copy, so that a kept field does not keep a whole datagram alive. */
  bytes(size: number): Buffer {
    const at = this.#take(size);
    return Buffer.from(this.#bytes.subarray(at, at + size));
  }

  rest(): Buffer {
    return this.bytes(this.remaining);
  }

  skip(size: number): void {
    this.#take(size);
  }
}
