import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { People } from '../services/people/people.ts';
import type { Part } from './part.ts';

export function peoplePart(people: People): Part<'people'> {
  const procedures = implement(harnessContract.people).$context<ApiContext>();
  return {
    list: procedures.list.handler(({ context }) => people.list(context.caller.user)),
    save: procedures.save.handler(({ input, context }) => people.save(input, context.caller.user)),
    remove: procedures.remove.handler(({ input, context }) => people.remove(input.name, context.caller.user)),
  };
}
