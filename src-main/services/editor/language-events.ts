import type { LanguageEvent } from '../../../src-shared/contract/harness/language.ts';

/** A reader that is this far behind has gone. */
const MOST_WAITING = 10_000;

/** What is told to the window, in order, until it is closed. */
export class LanguageEvents {
  #waiting: LanguageEvent[] = [];
  #wake: () => void = () => undefined;
  #closed = false;

  tell(event: LanguageEvent): void {
    if (this.#closed || this.#waiting.length >= MOST_WAITING) return;
    this.#waiting.push(event);
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *read(): AsyncGenerator<LanguageEvent, void, void> {
    while (!this.#closed) {
      const taken = this.#waiting;
      this.#waiting = [];
      yield* taken;
      if (this.#isQuiet()) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #isQuiet(): boolean {
    return !this.#closed && this.#waiting.length === 0;
  }
}
