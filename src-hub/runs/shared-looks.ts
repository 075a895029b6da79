/** So long an answer serves everybody who asks the same, in milliseconds, when nothing was told of it: what no page could tell from later. */
const FRESH_MS = 50;

/** One look for all who follow the same thing from the same place: twenty viewers of a run cost as much as one. */
export class SharedLooks {
  /** What it is of, then what was asked. */
  readonly #looks = new Map<string, Map<string, Promise<unknown>>>();

  ask<Found>({ of, what }: { of: string; what: string }, look: () => Promise<Found>): Promise<Found> {
    const same = this.#looks.get(of) ?? new Map<string, Promise<unknown>>();
    const known = same.get(what);
    if (known !== undefined) return known as Promise<Found>;
    const found = look();
    this.#looks.set(of, same.set(what, found));
    setTimeout(() => {
      if (same.delete(what) && same.size === 0 && this.#looks.get(of) === same) this.#looks.delete(of);
    }, FRESH_MS).unref();
    return found;
  }

  /** There is news of it: who asks from now on is not answered with what was so before. */
  forget(of: string): void {
    this.#looks.delete(of);
  }
}
