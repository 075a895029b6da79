import { create } from 'zustand';

/** Runs marked for doing something with all of them; forgotten when the list is left. */
export const useMarks = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

export function toggleMark(id: string): void {
  useMarks.setState(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next };
  });
}

export function clearMarks(): void {
  useMarks.setState({ ids: new Set() });
}
