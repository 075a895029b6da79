import { Worker } from 'node:worker_threads';
import threadFile from './serve-grants.thread?modulePath';
import type { Order, Said, Sum } from './serving-messages.ts';

type GrantOrder = Omit<Extract<Order, { do: 'grant' }>, 'id' | 'do'>;
type Answer = Exclude<Said, { fetched: Sum[] } | { told: string } | { revoked: true }>;

interface Listeners {
  onFetched: (sums: readonly Sum[]) => void;
  /** The machine of this grant heard of it by proxyDHCP. */
  onTold: (token: string) => void;
  /** The thread has ended by itself, and all that it served with it. */
  onLost: () => void;
}

/** The thread that listens and sends: it starts with the first grant and keeps no process alive. */
export class ServingThread {
  readonly #listeners: Listeners;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #revoking = new Map<number, () => void>();
  #worker: Worker | null = null;
  #last = 0;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
  }

  grant(order: GrantOrder): Promise<Answer> {
    const id = (this.#last += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#tell({ ...order, id, do: 'grant' });
    });
  }

  /** Resolves when all that was fetched of it has been told. */
  revoke(token: string): Promise<void> {
    if (this.#worker === null) return Promise.resolve();
    const id = (this.#last += 1);
    return new Promise((resolve) => {
      this.#revoking.set(id, resolve);
      this.#tell({ id, do: 'revoke', token });
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    for (const resolve of this.#revoking.values()) resolve();
    this.#revoking.clear();
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      worker.ref();
      worker.postMessage({ do: 'leave' } satisfies Order);
    });
  }

  #tell(order: Order): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(order);
  }

  #start(): Worker {
    const worker = new Worker(threadFile);
    worker.on('message', (said: Said) => this.#hear(said));
    const lose = (): void => {
      if (this.#worker === worker) this.#lose();
    };
    worker.on('error', lose);
    worker.on('exit', lose);
    worker.unref();
    return worker;
  }

  #hear(said: Said): void {
    if ('fetched' in said) return this.#listeners.onFetched(said.fetched);
    if ('told' in said) return this.#listeners.onTold(said.told);
    if ('revoked' in said) {
      this.#revoking.get(said.id)?.();
      this.#revoking.delete(said.id);
      return;
    }
    this.#waiting.get(said.id)?.(said);
    this.#waiting.delete(said.id);
  }

  #lose(): void {
    this.#worker = null;
    for (const [id, answer] of this.#waiting) answer({ id, problem: { message: 'The serving thread has ended by itself.', code: null } });
    this.#waiting.clear();
    for (const resolve of this.#revoking.values()) resolve();
    this.#revoking.clear();
    this.#listeners.onLost();
  }
}
