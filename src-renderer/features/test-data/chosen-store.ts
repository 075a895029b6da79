import { create } from 'zustand';
import type { Chosen } from './model/chosen.ts';

const NONE: Chosen = new Set();

/** Ticked cases by test data; they stay while the app is open. */
const useChosenStore = create<{ readonly byTestData: ReadonlyMap<string, Chosen> }>(() => ({ byTestData: new Map() }));

export function useChosen(testDataId: string): readonly [Chosen, (next: Chosen) => void] {
  const chosen = useChosenStore((state) => state.byTestData.get(testDataId) ?? NONE);
  const change = (next: Chosen): void =>
    useChosenStore.setState(({ byTestData }) => ({ byTestData: new Map(byTestData).set(testDataId, next) }));
  return [chosen, change];
}
