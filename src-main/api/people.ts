import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import { keepPerson, readPeople, removePerson } from '../services/people/people.ts';
import type { WritableStore } from '../store/handle.ts';
import type { Part } from './part.ts';

export function peoplePart({ store }: { store: WritableStore }): Part<'people'> {
  const procedures = implement(harnessContract.people).$context<ApiContext>();
  return {
    list: procedures.list.handler(({ context }) => readPeople(store, context.caller.user)),
    save: procedures.save.handler(({ input, context }) => {
      keepPerson(store, input);
      return readPeople(store, context.caller.user);
    }),
    remove: procedures.remove.handler(({ input, context }) => {
      removePerson(store, input.name);
      return readPeople(store, context.caller.user);
    }),
  };
}
