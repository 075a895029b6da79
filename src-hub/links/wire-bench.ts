import { Link, type LinkSocket } from './link.ts';
import type { LinkServices } from './link-services.ts';

/** What the harness hears at its end. */
interface HarnessEnd {
  challenge(message: unknown): void;
  mail(message: unknown, answer: (answer: unknown) => void): void;
  refused(message: unknown): void;
  lost(why: string): void;
}

/** For tests: one connection. What is on its way arrives when the schedule says so, in order, or never. */
export class Wire {
  readonly #waiting: (() => void)[] = [];
  readonly #hub = new Map<string, (message: unknown, answer: unknown) => void>();
  #open = true;
  #lost: (why: string) => void = () => undefined;

  dial(services: LinkServices, events: HarnessEnd) {
    this.#lost = (why) => events.lost(why);
    const toHarness: LinkSocket = {
      on: (event, listener) => this.#hub.set(event, listener),
      emit: (event, message) => this.#later(() => (event === 'challenge' ? events.challenge(message) : events.refused(message))),
      ask: (_event, message) =>
        new Promise((resolve) => this.#later(() => events.mail(message, (answer) => this.#later(() => resolve(answer))))),
      disconnect: () => this.#later(() => this.cut()),
    };
    const link = new Link(toHarness, services, () => undefined);
    const call = (event: string, message: unknown) =>
      new Promise<unknown>((resolve) =>
        this.#later(() => this.#hub.get(event)?.(message, (answer: unknown) => this.#later(() => resolve(answer)))),
      );
    return { link, socket: { call, close: () => this.#shut() } };
  }

  #later(deliver: () => void): void {
    if (this.#open) this.#waiting.push(deliver);
  }

  /** Delivers the next; answers whether there was one. */
  next(): boolean {
    const deliver = this.#waiting.shift();
    deliver?.();
    return deliver !== undefined;
  }

  cut(): void {
    if (!this.#open) return;
    this.#shut();
    this.#lost('cut');
  }

  #shut(): void {
    this.#open = false;
    this.#waiting.length = 0;
    this.#hub.get('disconnect')?.(undefined, undefined);
  }
}
