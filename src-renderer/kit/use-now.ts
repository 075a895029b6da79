import { useSyncExternalStore } from 'react';

/** One timer a pace for the whole page, however many clocks show: stopped while nobody looks. */
function ticker(every: number): { subscribe: (listener: () => void) => () => void; read: () => number } {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;
  const tick = (): void => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    if (timer === null) {
      now = Date.now();
      timer = setInterval(tick, every);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    };
  };
  return { subscribe, read: () => (timer === null ? Math.floor(Date.now() / every) * every : now) };
}

const seconds = ticker(1000);
const minutes = ticker(15_000);

/** The present, in milliseconds, renewed each second (`second`) or often enough for minutes (`minute`). */
export function useNow(pace: 'second' | 'minute' = 'second'): number {
  const source = pace === 'second' ? seconds : minutes;
  return useSyncExternalStore(source.subscribe, source.read);
}
