import { createHash } from 'node:crypto';
import type { Lane, LaneAnswer } from '../../src-shared/protocol/messages.ts';
import type { GroupedWrites } from '../store/grouped-writes.ts';
import type { LinkCalls } from './link-calls.ts';
import type { LinkStore } from '../store/links.ts';

/** What the links of a hub work with. */
export interface LinkServices {
  store: LinkStore;
  /** Heartbeats, and how runs stand: many small writes a second. */
  heard: GroupedWrites;
  hubName: () => string;
  /** UTC ms. */
  now(): number;
  /** Told by whoever writes mail or ends a session; heard by the sockets of this process. */
  notices: LinkNotices;
  /** Asks a harness for what is now, whichever process has its link. */
  calls: LinkCalls;
  /** Takes rows of the record of a run that goes on; absent where no runs are kept. */
  takeLane?(harnessId: string, lane: Lane): Promise<LaneAnswer>;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * What processes of a hub tell each other, and of what: mail for or news of a harness, sessions that are over, a run that has news, a record
 * (named by its run) that has grown or gone.
 */
export const TOPICS = ['harness', 'session', 'run', 'record'] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * What happened, for whoever listens in this process, and at once in the other processes of the same hub as long as they are joined. A notice
 * may be lost; what it tells of is in the store, and listeners look there by themselves as well.
 */
export class LinkNotices {
  readonly #listeners = new Map<Topic, Set<(id: string) => void>>(TOPICS.map((topic) => [topic, new Set()]));
  readonly #readers = new Map<string, Set<() => void>>();
  #carry: (topic: Topic, id: string) => void = () => undefined;

  tell(id: string, topic: Topic = 'harness'): void {
    this.hear(id, topic);
    this.#carry(topic, id);
  }

  /** From another process. */
  hear(id: string, topic: Topic): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(id);
    for (const listener of this.#readers.get(`${topic} ${id}`) ?? []) listener();
  }

  on(listener: (id: string) => void, topic: Topic = 'harness'): () => void {
    const same = this.#listeners.get(topic);
    same?.add(listener);
    return () => void same?.delete(listener);
  }

  /** Only what is told of one: of a thousand who listen, few are called. */
  onOne(id: string, listener: () => void, topic: Topic): () => void {
    const key = `${topic} ${id}`;
    const same = this.#readers.get(key) ?? new Set();
    this.#readers.set(key, same.add(listener));
    return () => {
      same.delete(listener);
      if (same.size === 0 && this.#readers.get(key) === same) this.#readers.delete(key);
    };
  }

  /** From now on notices go to the other processes by this way. */
  join(carry: (topic: Topic, id: string) => void): void {
    this.#carry = carry;
  }
}
