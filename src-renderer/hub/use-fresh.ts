import { useEffect } from 'react';
import { useCall, type Call } from '../bridge/use-call.ts';

/** What the hub does not announce (a lab that falls silent, a time that passes) is seen this soon, in milliseconds. */
const EVERY = 15_000;

const listeners = new Set<() => void>();

/** The hub says that something is new; pages that nobody sees ask when they are seen again. */
export function tellNews(): void {
  for (const listener of listeners) listener();
}

/** Hears that something is new, looked at or not. */
export function onNews(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** An answer that is asked for again whenever the hub has news, while somebody looks at the page. */
export function useFresh<Data>(ask: (signal: AbortSignal) => Promise<Data>, deps: readonly unknown[]): Call<Data> {
  const call = useCall(ask, deps);
  const { again } = call;
  useEffect(() => {
    const look = (): void => (document.visibilityState === 'visible' ? again() : undefined);
    const timer = setInterval(look, EVERY);
    const forget = onNews(look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      forget();
      document.removeEventListener('visibilitychange', look);
    };
  }, [again]);
  return call;
}
