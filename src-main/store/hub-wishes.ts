import type { ReadableStore, WritableStore } from './handle.ts';

/** An id that came by mail. */
export interface HubWish {
  id: string;
  /** Who asked, as the hub names them. */
  person: string;
  /** Why it made no reservation; null = it made one. */
  refused: { state: 'refused' | 'withdrawn'; code: string; message: string } | null;
}

interface Row {
  id: string;
  person: string;
  refused: string | null;
}

export function findHubWish(store: ReadableStore, id: string): HubWish | undefined {
  const row = store.prepare<[string], Row>('SELECT id, person, refused FROM hub_wish WHERE id = ?').get(id);
  return row && parse(row);
}

export function insertHubWish(store: WritableStore, { id, person, refused }: HubWish): void {
  store
    .prepare('INSERT INTO hub_wish (id, person, refused) VALUES (?, ?, ?)')
    .run(id, person, refused === null ? null : JSON.stringify(refused));
}

/** The hub is to hear of it once more, whether it has changed or not. */
export function markHubWish(store: WritableStore, id: string, patch: { dirty: boolean; refused?: HubWish['refused'] }): void {
  store.prepare('UPDATE hub_wish SET dirty = ? WHERE id = ?').run(patch.dirty ? 1 : 0, id);
  if (patch.refused !== undefined)
    store.prepare('UPDATE hub_wish SET refused = ? WHERE id = ?').run(patch.refused === null ? null : JSON.stringify(patch.refused), id);
}

/** What the hub has not been told, in the order in which the ids were made. */
export function listUntoldWishes(store: ReadableStore): HubWish[] {
  return store.prepare<[], Row>('SELECT id, person, refused FROM hub_wish WHERE dirty = 1 ORDER BY id').all().map(parse);
}

/** Ids of reservations that remote people hold or wait for now; of one person, or of all. */
export function listRemoteAlive(store: ReadableStore, person: string | null): string[] {
  return store
    .prepare<[{ person: string | null }], string>(
      `SELECT hub_wish.id FROM hub_wish JOIN reservation USING (id)
       WHERE state IN ('requested', 'waiting', 'granted', 'active') AND (@person IS NULL OR person = @person) ORDER BY hub_wish.id`,
    )
    .pluck()
    .all({ person });
}

function parse({ refused, ...row }: Row): HubWish {
  return { ...row, refused: refused === null ? null : (JSON.parse(refused) as HubWish['refused']) };
}
