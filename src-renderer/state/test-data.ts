import { create } from 'zustand';
import type { TestData } from '../../src-shared/model/test-data.ts';
import { client } from '../bridge/client.ts';
import { startFeed } from '../bridge/feed.ts';
import { pageClock } from '../bridge/use-feed.ts';

/** All test data, live: there are few, so each change brings the whole list. */
export const useTestData = create<{ readonly known: boolean; readonly list: readonly TestData[] }>(() => ({ known: false, list: [] }));

export function startTestDataFeed(): () => void {
  const apply = (items: readonly TestData[][]): void => useTestData.setState({ known: true, list: items.at(-1) ?? [] });
  return startFeed({ open: (signal) => client.testData.watch(undefined, { signal }), apply }, pageClock);
}
