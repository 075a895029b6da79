import { create } from 'zustand';

/** Machines marked for something that is done to many. */
export const useSutMarks = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

export function toggleSutMark(id: string): void {
  useSutMarks.setState(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next };
  });
}

export function clearSutMarks(): void {
  useSutMarks.setState({ ids: new Set() });
}
