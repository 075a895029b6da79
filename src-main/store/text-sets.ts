import type { ReadableStore } from './handle.ts';

export type SetKind = 'names' | 'failures';

interface TextSet {
  id: number;
  members: Uint32Array;
}

interface Seen {
  last: number;
  sets: TextSet[];
}

/** A set never changes and its id is never used again, so what a connection has read stays right; new ones are read as they come. */
const seenBy = new WeakMap<ReadableStore, Record<SetKind, Seen>>();

/** All sets of a kind. One whose last run was removed may still be among them; it leads to no run. */
export function textSets(store: ReadableStore, kind: SetKind): readonly TextSet[] {
  const seen = seenBy.get(store) ?? { names: { last: 0, sets: [] }, failures: { last: 0, sets: [] } };
  seenBy.set(store, seen);
  const fresh = store
    .prepare<[string, number], [number, Buffer]>('SELECT id, members FROM text_set WHERE kind = ? AND id > ? ORDER BY id')
    .raw()
    .all(kind, seen[kind].last);
  for (const [id, members] of fresh) {
    seen[kind].sets.push({ id, members: unpacked(members) });
    seen[kind].last = id;
  }
  return seen[kind].sets;
}

function unpacked(members: Buffer): Uint32Array {
  const copy = new Uint8Array(members);
  return new Uint32Array(copy.buffer, 0, copy.length / 4);
}
