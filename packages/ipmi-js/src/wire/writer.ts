/** Builds a datagram field by field, little-endian unless the name says otherwise. */
export class Writer {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#length;
  }

  #grow(size: number): number {
    const at = this.#length;
    const needed = at + size;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    this.#length = needed;
    return at;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    return this.uint(value, 2);
  }

  u32(value: number): this {
    return this.uint(value, 4);
  }

  u16be(value: number): this {
    const at = this.#grow(2);
    this.#bytes.writeUInt16BE(value & 0xffff, at);
    return this;
  }

  u32be(value: number): this {
    const at = this.#grow(4);
    this.#bytes.writeUInt32BE(value >>> 0, at);
    return this;
  }

  /** An unsigned little-endian number of one to four bytes; higher bits are dropped. */
  uint(value: number, size: number): this {
    let at = this.#grow(size);
    let left = value;
    for (let i = 0; i < size; i += 1) {
      this.#bytes[at] = left & 0xff;
      left = Math.floor(left / 256);
      at += 1;
    }
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  zeros(count: number): this {
    const at = this.#grow(count);
    this.#bytes.fill(0, at, at + count);
    return this;
  }

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
