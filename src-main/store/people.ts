import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface PersonRow {
  name: string;
  contact: string;
}

export function listPeople(store: ReadableStore): PersonRow[] {
  return store.prepare<[], PersonRow>('SELECT name, contact FROM person ORDER BY name_key').all();
}

/** Names of all who maintain a SUT, or hold or want one. */
export function listPeopleSeen(store: ReadableStore): string[] {
  return store
    .prepare<[], string>(
      `SELECT maintained_by FROM sut UNION SELECT holder FROM reservation
       WHERE state IN ('requested', 'waiting', 'granted', 'active', 'ending')`,
    )
    .pluck()
    .all();
}

export function savePerson(store: WritableStore, { name, contact }: PersonRow): void {
  store
    .prepare(
      'INSERT INTO person (name_key, name, contact) VALUES (?, ?, ?) ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, contact = excluded.contact',
    )
    .run(nameKey(name), name, contact);
}

export function deletePerson(store: WritableStore, name: string): void {
  store.prepare('DELETE FROM person WHERE name_key = ?').run(nameKey(name));
}
