/** Bounds of a retransmission timer, milliseconds. */
export interface RetransmitLimits {
  readonly firstMs: number;
  readonly minimumMs: number;
  readonly maximumMs: number;
  readonly tries: number;
}

/** Waits as long as answers have needed so far, and longer with each try (after RFC 6298). */
export class RetransmitTimer {
  readonly #limits: RetransmitLimits;
  #smoothed: number | undefined;
  #variation = 0;
  #timer: NodeJS.Timeout | undefined;
  tries = 0;
  #startedAt = 0;

  constructor(limits: RetransmitLimits) {
    this.#limits = limits;
  }

  /** Begins the n-th wait for the same packet; `expire` hears whether another try is left. */
  start(expire: (mayRetry: boolean) => void): void {
    clearTimeout(this.#timer);
    this.tries += 1;
    if (this.tries === 1) this.#startedAt = performance.now();
    const base = this.#smoothed === undefined ? this.#limits.firstMs : this.#smoothed + 4 * this.#variation;
    const wait = Math.min(this.#limits.maximumMs, Math.max(this.#limits.minimumMs, base) * 2 ** (this.tries - 1));
    this.#timer = setTimeout(() => expire(this.tries < this.#limits.tries), wait);
  }

  /** The packet was answered; only answers to a first try say how long the way is. */
  answered(): void {
    clearTimeout(this.#timer);
    if (this.tries === 1) this.#sample(performance.now() - this.#startedAt);
    this.tries = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.tries = 0;
  }

  #sample(ms: number): void {
    if (this.#smoothed === undefined) {
      this.#smoothed = ms;
      this.#variation = ms / 2;
      return;
    }
    this.#variation = 0.75 * this.#variation + 0.25 * Math.abs(this.#smoothed - ms);
    this.#smoothed = 0.875 * this.#smoothed + 0.125 * ms;
  }
}
