import type { LinkStore, LinkWrite } from './links.ts';

interface Waiting {
  key: string;
  write: (write: LinkWrite) => Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Small writes of many at once, in one transaction: the disk is waited for once and not a hundred times. */
export class GroupedWrites {
  readonly #store: LinkStore;
  readonly #patienceMs: number;
  #waiting: Waiting[] = [];

  /** The first one waits so long for others. */
  constructor(store: LinkStore, patienceMs: number) {
    this.#store = store;
    this.#patienceMs = patienceMs;
  }

  /** Resolves when it is durable. `key` names the row: rows are written in the same order by every process, so that none waits for another in a ring. */
  add<Result>(key: string, write: (write: LinkWrite) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      let result: { of: Result } | undefined;
      this.#waiting.push({
        key,
        write: async (transaction) => {
          result = { of: await write(transaction) };
        },
        resolve: () => result !== undefined && resolve(result.of),
        reject,
      });
      if (this.#waiting.length === 1) setTimeout(() => void this.#flush(), this.#patienceMs);
    });
  }

  async #flush(): Promise<void> {
    const group = this.#waiting.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.#waiting = [];
    try {
      await this.#store.transaction().execute(async (transaction) => {
        for (const { write } of group) await write(transaction);
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
