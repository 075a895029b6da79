const width = 32;
const half = 2 ** 31;

/**
 * Accepts each sequence number once, in any order within 32 of the highest (IPMI 2.0 6.12.13).
 * Numbers wrap at 2^32 and 0 is never used.
 */
export class SequenceWindow {
  #highest: number | undefined;
  /** Bit n is set when `highest - n` was seen. */
  #seen = 0;

  /** True when the number is new; it counts as seen from then on. Ask only for packets that were verified. */
  accept(sequence: number): boolean {
    if (sequence === 0) return false;
    if (this.#highest === undefined) {
      this.#highest = sequence;
      this.#seen = 1;
      return true;
    }
    const ahead = (sequence - this.#highest) >>> 0;
    if (ahead !== 0 && ahead < half) {
      this.#seen = ahead >= width ? 1 : ((this.#seen << ahead) | 1) >>> 0;
      this.#highest = sequence;
      return true;
    }
    const behind = (this.#highest - sequence) >>> 0;
    if (behind >= width) return false;
    const mask = (1 << behind) >>> 0;
    if ((this.#seen & mask) !== 0) return false;
    this.#seen = (this.#seen | mask) >>> 0;
    return true;
  }
}

/** True when `sequence` was given out before `other`; they wrap at 2^32. */
export function isBefore(sequence: number, other: number): boolean {
  return (sequence - other) >>> 0 > half;
}

/** The number after this one: 0 is left out. */
export function nextSequence(sequence: number): number {
  const next = (sequence + 1) >>> 0;
  return next === 0 ? 1 : next;
}
