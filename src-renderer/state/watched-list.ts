import { useEffect } from 'react';
import { create } from 'zustand';
import { startFeed } from '../bridge/feed.ts';
import { pageClock } from '../bridge/use-feed.ts';

export interface Watched<Item> {
  /** False until the first list. */
  readonly known: boolean;
  readonly list: readonly Item[];
}

/** A list of which each change brings the whole: it is read for as long as anybody shows it, and stays known after that. */
export function watchedList<Item>(open: (signal: AbortSignal) => Promise<AsyncIterable<readonly Item[]>>): () => Watched<Item> {
  const useStore = create<Watched<Item>>(() => ({ known: false, list: [] }));
  let readers = 0;
  let stop: (() => void) | null = null;
  const join = (): (() => void) => {
    readers += 1;
    if (readers === 1)
      stop = startFeed({ open, apply: (lists) => useStore.setState({ known: true, list: lists.at(-1) ?? [] }) }, pageClock);
    return () => {
      readers -= 1;
      if (readers === 0) stop?.();
    };
  };
  return () => {
    useEffect(join, []);
    return useStore();
  };
}
