import type { Person } from '../../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore, WritableStore } from '../../store/handle.ts';
import { deletePerson, listPeople, listPeopleSeen, savePerson } from '../../store/people.ts';
import { nameKey } from '../../text-key.ts';

/** Who acts, who is in the list, and who holds or maintains something without being in it; by name. */
export function readPeople(store: ReadableStore, self: string): Person[] {
  const people = new Map<string, Person>();
  for (const name of listPeopleSeen(store)) people.set(nameKey(name), { name, contact: '', known: 'seen' });
  for (const { name, contact } of listPeople(store)) people.set(nameKey(name), { name, contact, known: 'listed' });
  const me = people.get(nameKey(self));
  people.set(nameKey(self), { name: self, contact: me?.contact ?? '', known: 'self' });
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name));
}

export function keepPerson(store: WritableStore, person: { name: string; contact: string }): void {
  savePerson(store, person);
}

/** Somebody who holds or maintains something stays: their name would be left without a way to reach them. */
export function removePerson(store: WritableStore, name: string): void {
  if (listPeopleSeen(store).some((seen) => nameKey(seen) === nameKey(name)))
    throw new WorkbenchError('CONFLICT', `${name} holds or maintains a SUT. Hand that over first.`);
  deletePerson(store, name);
}
