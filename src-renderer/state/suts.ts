import { create } from 'zustand';
import type { SutFeed } from '../../src-shared/contract/harness/suts.ts';
import { client } from '../bridge/client.ts';
import { startFeed } from '../bridge/feed.ts';
import { pageClock } from '../bridge/use-feed.ts';
import { reduceSuts, type SutsState } from './suts-reducer.ts';

/** Every machine, live. */
export const useSuts = create<SutsState>(() => ({ known: false, byId: new Map(), order: [] }));

export function startSutsFeed(): () => void {
  const apply = (items: readonly SutFeed[]): void => useSuts.setState(reduceSuts(useSuts.getState(), items));
  return startFeed({ open: (signal) => client.suts.watch(undefined, { signal }), apply }, pageClock);
}
