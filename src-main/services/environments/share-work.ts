import { WorkbenchError } from '../../errors.ts';

interface Joiner<P> {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: P) => void) | undefined;
}

export interface SharedWork<T, P> {
  join(joiner: Joiner<P>): Promise<T>;
  isOver(): boolean;
}

/** One long piece of work that several may wait for: who cancels only stops waiting, and the last one to leave ends the work. */
export function shareWork<T, P>(start: (signal: AbortSignal, tell: (progress: P) => void) => Promise<T>): SharedWork<T, P> {
  const abort = new AbortController();
  const joiners = new Set<Joiner<P>>();
  let over = false;
  let latest: P | undefined;
  const result = start(abort.signal, (progress) => {
    latest = progress;
    joiners.forEach(({ onProgress }) => onProgress?.(progress));
  }).finally(() => (over = true));
  result.catch(() => undefined); // everybody may have left
  const leave = (joiner: Joiner<P>) => {
    joiners.delete(joiner);
    if (joiners.size > 0 || over) return;
    over = true;
    abort.abort();
  };
  return {
    isOver: () => over,
    join: async (joiner) => {
      const { signal, onProgress } = joiner;
      if (signal?.aborted === true) throw new WorkbenchError('CANCELLED');
      joiners.add(joiner);
      if (latest !== undefined) onProgress?.(latest);
      let onAbort: () => void = () => undefined;
      const left = new Promise<never>((_resolve, reject) => {
        onAbort = () => reject(new WorkbenchError('CANCELLED'));
        signal?.addEventListener('abort', onAbort);
      });
      try {
        return await Promise.race([result, left]);
      } finally {
        signal?.removeEventListener('abort', onAbort);
        leave(joiner);
      }
    },
  };
}
