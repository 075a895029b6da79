/** How far back it looks, ms. */
const SPAN_MS = 5000;

/** Bytes a second over the last seconds. */
export class RateMeter {
  readonly #now: () => number;
  #counts: { at: number; bytes: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  count(bytes: number): void {
    const at = this.#now();
    const last = this.#counts.at(-1);
    if (last !== undefined && at - last.at < 100) last.bytes += bytes;
    else this.#counts.push({ at, bytes });
  }

  /** Null before there is anything to tell. */
  read(): number | null {
    const now = this.#now();
    this.#counts = this.#counts.filter(({ at }) => now - at <= SPAN_MS);
    const [first] = this.#counts;
    if (first === undefined) return null;
    const bytes = this.#counts.reduce((sum, each) => sum + each.bytes, 0);
    return Math.round((bytes * 1000) / Math.max(now - first.at, 1000));
  }
}
