import { AwayError, RefusedError, type Link, type Transport } from './transport.ts';

export type LinkState =
  | { readonly status: 'connecting'; readonly since: number }
  | { readonly status: 'online'; readonly since: number }
  /** Lost: `since` when, tried again at `nextTryAt`. */
  | { readonly status: 'away'; readonly since: number; readonly nextTryAt: number }
  /** The harness answers but wants a session first. Trying again cannot help. */
  | { readonly status: 'refused'; readonly since: number };

export interface KeeperClock {
  readonly now: () => number;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0 to 1, so that many pages do not come back at the same moment. */
  readonly random: () => number;
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 8000;

/** How long to wait before the next try, in milliseconds: doubles from a quarter of a second to eight seconds, a fifth of it by chance. */
export function waitBefore(attempt: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, attempt - 1));
  return Math.round(wait * (0.8 + 0.2 * random));
}

/** Keeps one link to the harness up for as long as the page lives, and says how it stands. */
export class LinkKeeper {
  readonly #transport: Transport;
  readonly #clock: KeeperClock;
  readonly #listeners = new Set<(state: LinkState) => void>();
  #state: LinkState;
  #link: Link | null = null;
  #waiting: { readonly resolve: (link: Link) => void; readonly reject: (error: Error) => void }[] = [];

  constructor(transport: Transport, clock: KeeperClock) {
    this.#transport = transport;
    this.#clock = clock;
    this.#state = { status: 'connecting', since: clock.now() };
  }

  get state(): LinkState {
    return this.#state;
  }

  subscribe(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The link, as soon as there is one; rejects after `patience` milliseconds or when it is refused for good. */
  async link(patience: number): Promise<Link> {
    if (this.#link !== null) return this.#link;
    if (this.#state.status === 'refused') throw new RefusedError('This browser has no session.');
    const arrival = new Promise<Link>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    const late = this.#clock.wait(patience).then((): never => {
      throw new AwayError();
    });
    arrival.catch(() => undefined);
    late.catch(() => undefined);
    return Promise.race([arrival, late]);
  }

  /** Runs until the link is refused; a page calls it once. */
  async keep(): Promise<void> {
    let attempt = 0;
    while (this.#state.status !== 'refused') {
      try {
        const open = await this.#transport.open();
        attempt = 0;
        this.#arrive(open.link);
        await open.closed;
        this.#lose(attempt);
      } catch (error) {
        if (error instanceof RefusedError) this.#refuse(error);
        else this.#lose(attempt);
      }
      if (this.#state.status !== 'away') continue;
      attempt += 1;
      await this.#clock.wait(Math.max(0, this.#state.nextTryAt - this.#clock.now()));
    }
  }

  #arrive(link: Link): void {
    this.#link = link;
    this.#set({ status: 'online', since: this.#clock.now() });
    for (const { resolve } of this.#waiting.splice(0)) resolve(link);
  }

  #lose(attempt: number): void {
    this.#link = null;
    const now = this.#clock.now();
    const since = this.#state.status === 'away' ? this.#state.since : now;
    this.#set({ status: 'away', since, nextTryAt: now + waitBefore(attempt + 1, this.#clock.random()) });
  }

  #refuse(error: Error): void {
    this.#link = null;
    this.#set({ status: 'refused', since: this.#clock.now() });
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  #set(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
