import { create } from 'zustand';
import type { Draft } from '../model/draft.ts';

interface Kept {
  readonly draft: Draft;
  /** What the machine was when the person began; null for a new one. */
  readonly base: Draft | null;
}

/** Unsaved drafts by the id of the machine, `new` for one that is none yet. In memory only: they may hold passwords. */
const useDrafts = create<{ readonly byId: ReadonlyMap<string, Kept> }>(() => ({ byId: new Map() }));

export function useDraft(id: string, begin: Draft, isNew: boolean): readonly [Kept, (draft: Draft) => void] {
  const kept = useDrafts((state) => state.byId.get(id)) ?? { draft: begin, base: isNew ? null : begin };
  const change = (draft: Draft): void =>
    useDrafts.setState(({ byId }) => ({ byId: new Map(byId).set(id, { draft, base: byId.get(id)?.base ?? (isNew ? null : begin) }) }));
  return [kept, change];
}

/** The next new machine begins with this, for instance because it was found on the network. */
export function prefillNew(draft: Draft): void {
  useDrafts.setState(({ byId }) => ({ byId: new Map(byId).set('new', { draft, base: null }) }));
}

export function dropDraft(id: string): void {
  useDrafts.setState(({ byId }) => {
    const next = new Map(byId);
    next.delete(id);
    return { byId: next };
  });
}
