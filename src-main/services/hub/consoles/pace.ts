/**
 * How fast consoles go to the hub, all of them together: what a machine says must not hold up reservations and runs on the same link. `wait` is
 * asked before a piece is sent, `sent` counts it. Small pieces (echoes of keys) go at once; a flood is spread.
 */
export class Pace {
  readonly #bytesPerSecond: number;
  readonly #now: () => number;
  #freeAt = 0;

  /** `now` in ms, never going back. */
  constructor(bytesPerSecond: number, now: () => number = () => performance.now()) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#now = now;
  }

  /** ms until the next piece may go. */
  wait(): number {
    return Math.max(0, this.#freeAt - this.#now());
  }

  sent(bytes: number): void {
    this.#freeAt = Math.max(this.#freeAt, this.#now()) + (bytes / this.#bytesPerSecond) * 1000;
  }
}
