import { useEffect } from 'react';
import { useCall, type Call } from '../bridge/use-call.ts';

/** Often enough to see a lab decide, seldom enough for a thousand open pages, in milliseconds. */
const EVERY = 4000;

/** An answer that is asked for again every few seconds while somebody looks at the page. */
export function useFresh<Data>(ask: (signal: AbortSignal) => Promise<Data>, deps: readonly unknown[]): Call<Data> {
  const call = useCall(ask, deps);
  const { again } = call;
  useEffect(() => {
    const timer = setInterval(() => (document.visibilityState === 'visible' ? again() : undefined), EVERY);
    return () => clearInterval(timer);
  }, [again]);
  return call;
}
