import type { Fence } from './capabilities.ts';
import { DriverError } from './driver-error.ts';

/** The fences in force, as the reservations push them. A SUT that was never told of has none (`null`). */
export class FenceTable {
  readonly #tokens = new Map<string, string>();
  readonly #listeners = new Set<(sutId: string) => void>();

  set(sutId: string, fence: Fence): void {
    if (this.of(sutId) === fence) return;
    if (fence === null) this.#tokens.delete(sutId);
    else this.#tokens.set(sutId, fence);
    for (const listener of this.#listeners) listener(sutId);
  }

  of(sutId: string): Fence {
    return this.#tokens.get(sutId) ?? null;
  }

  /** Equality, not "not older": numbers repeat after a restore of the store, random tokens do not. */
  check(sut: { id: string; name: string }, expected: Fence | undefined): void {
    if (expected !== undefined && expected === this.of(sut.id)) return;
    throw new DriverError(
      'NOT_RESERVED',
      `Nothing was sent to ${sut.name}: who may act on it has changed in the meantime. See who holds it now, and ask again.`,
    );
  }

  /** Hears which SUT got another fence; answers how to stop hearing. */
  onChange(listener: (sutId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
