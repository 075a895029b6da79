/** So long an answer serves everybody who asks the same, in milliseconds: no page could tell the difference. */
const FRESH_MS = 50;

/** One look for all who follow the same thing from the same place: twenty viewers of a run cost as much as one. */
export class SharedLooks {
  readonly #looks = new Map<string, Promise<unknown>>();

  ask<Found>(key: string, look: () => Promise<Found>): Promise<Found> {
    const known = this.#looks.get(key);
    if (known !== undefined) return known as Promise<Found>;
    const found = look();
    this.#looks.set(key, found);
    setTimeout(() => this.#looks.delete(key), FRESH_MS).unref();
    return found;
  }
}
