type Urgency = 'person' | 'poll';

interface Waiting {
  run: () => Promise<void>;
  urgency: Urgency;
}

/** One call to a machine after the other; what a person asked goes before polls that wait. */
export class MachineQueue {
  #waiting: Waiting[] = [];
  #busy = false;

  get idle(): boolean {
    return !this.#busy && this.#waiting.length === 0;
  }

  /** Rejects with the signal's reason when it aborts before its turn. */
  run<T>(urgency: Urgency, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((each) => each !== entry);
        reject(signal.reason as Error);
      };
      const entry: Waiting = {
        urgency,
        run: async () => {
          signal.removeEventListener('abort', leave);
          await work().then(resolve, reject);
        },
      };
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(entry);
      void this.#next();
    });
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    const entry = this.#waiting.find(({ urgency }) => urgency === 'person') ?? this.#waiting[0];
    if (entry === undefined) return;
    this.#waiting = this.#waiting.filter((each) => each !== entry);
    this.#busy = true;
    await entry.run();
    this.#busy = false;
    void this.#next();
  }
}
