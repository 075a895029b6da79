/** Stores whose hub has counted a fact of this process. */
const heard = new WeakSet();

/**
 * The hub has counted what this process said: it is the home that the hub follows, not a copy or a restored one. Until then a run from afar
 * that had been accepted before must not begin, because it may have begun elsewhere.
 */
export function hubHeard(store: object): void {
  heard.add(store);
}

export function hasHubHeard(store: object): boolean {
  return heard.has(store);
}
