import { seededRandom, type Random } from '../../src/sim/index.js';

/** Makes damaged and forged datagrams from good ones; the same seed makes the same ones. */
export class Mutator {
  readonly #random: Random;
  readonly #corpus: readonly Buffer[];

  constructor(seed: number, corpus: readonly Buffer[]) {
    this.#random = seededRandom(seed);
    this.#corpus = corpus;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick(): Buffer {
    return this.#corpus[this.#below(this.#corpus.length)] ?? Buffer.alloc(0);
  }

  readonly #changes: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => this.#set(bytes, (byte) => byte ^ (1 << this.#below(8))),
    (bytes) => this.#set(bytes, () => this.#below(256)),
    (bytes) => this.#set(bytes, () => [0, 0xff, 0x7f, 0x80][this.#below(4)] ?? 0),
    (bytes) => bytes.subarray(0, this.#below(bytes.length + 1)),
    (bytes) => Buffer.concat([bytes, Buffer.from(Array.from({ length: this.#below(40) }, () => this.#below(256)))]),
    (bytes) => {
      const other = this.#pick();
      return Buffer.concat([bytes.subarray(0, this.#below(bytes.length + 1)), other.subarray(this.#below(other.length + 1))]);
    },
    // Payload length of RMCP+, and the type byte with its flags.
    (bytes) => this.#setAt(bytes, 14, this.#below(256)),
    (bytes) => this.#setAt(bytes, 5, this.#below(256)),
    (bytes) => this.#setAt(bytes, 10, this.#below(256)),
  ];

  #set(bytes: Buffer, change: (byte: number) => number): Buffer {
    return bytes.length === 0 ? bytes : this.#setAt(bytes, this.#below(bytes.length), change);
  }

  #setAt(bytes: Buffer, at: number, value: number | ((byte: number) => number)): Buffer {
    const out = Buffer.from(bytes);
    if (at < out.length) out[at] = typeof value === 'number' ? value : value(out[at] ?? 0);
    return out;
  }

  /** A datagram with one to four changes. */
  next(): Buffer {
    let bytes = this.#pick();
    for (let changes = 1 + this.#below(4); changes > 0; changes -= 1)
      bytes = this.#changes[this.#below(this.#changes.length)]?.(bytes) ?? bytes;
    return Buffer.from(bytes);
  }
}
