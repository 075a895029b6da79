/** Work that goes one after the other: what one takes back must not be what another relies on. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Waits for those who came before, unless the signal comes first: then `work` begins at once and is to look at the signal itself. */
  async take<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = untilFree(before, signal).then(work);
    this.#last = Promise.allSettled([before, turn]);
    return turn;
  }
}

async function untilFree(before: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  let stopWaiting: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    stopWaiting = resolve;
    signal?.addEventListener('abort', stopWaiting);
  });
  await Promise.race([before, cancelled]);
  signal?.removeEventListener('abort', stopWaiting);
}
