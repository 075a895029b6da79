import { createHash } from 'node:crypto';
import type { LinkStore } from '../store/links.ts';

/** What the links of a hub work with. */
export interface LinkServices {
  store: LinkStore;
  hubName: () => string;
  /** UTC ms. */
  now(): number;
  /** Told by whoever writes mail or ends a session; heard by the sockets of this process. */
  notices: LinkNotices;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What happened in this process; other processes of the same hub find out within two seconds. */
export class LinkNotices {
  readonly #listeners = new Set<(harnessId: string) => void>();

  tell(harnessId: string): void {
    for (const listener of this.#listeners) listener(harnessId);
  }

  on(listener: (harnessId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
