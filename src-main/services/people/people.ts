import type { Person } from '../../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore, WritableStore } from '../../store/handle.ts';
import { deletePerson, listPeople, listPeopleSeen, savePerson } from '../../store/people.ts';
import { nameKey } from '../../text-key.ts';

/** The list of colleagues, as faces ask for it; each answers the whole list, as `self` sees it. */
export interface People {
  list(self: string): Person[];
  save(person: { name: string; contact: string }, self: string): Person[];
  remove(name: string, self: string): Person[];
}

export function createPeople(store: WritableStore): People {
  return {
    list: (self) => readPeople(store, self),
    save: (person, self) => {
      savePerson(store, person);
      return readPeople(store, self);
    },
    remove: (name, self) => {
      removePerson(store, name);
      return readPeople(store, self);
    },
  };
}

/** Who acts, who is in the list, and who holds or maintains something without being in it; by name. */
function readPeople(store: ReadableStore, self: string): Person[] {
  const people = new Map<string, Person>();
  for (const name of listPeopleSeen(store)) people.set(nameKey(name), { name, contact: '', known: 'seen' });
  for (const { name, contact } of listPeople(store)) people.set(nameKey(name), { name, contact, known: 'listed' });
  const me = people.get(nameKey(self));
  people.set(nameKey(self), { name: self, contact: me?.contact ?? '', known: 'self' });
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Somebody who holds or maintains something stays: their name would be left without a way to reach them. */
function removePerson(store: WritableStore, name: string): void {
  if (listPeopleSeen(store).some((seen) => nameKey(seen) === nameKey(name)))
    throw new WorkbenchError('CONFLICT', `${name} holds or maintains a SUT. Hand that over first.`);
  deletePerson(store, name);
}
