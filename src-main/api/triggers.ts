import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { Triggers } from '../services/triggers/triggers.ts';
import type { Part } from './part.ts';

export function triggersPart(triggers: Triggers): Part<'triggers'> {
  const procedures = implement(harnessContract.triggers).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => triggers.list()),
    save: procedures.save.handler(({ input, context }) => triggers.save(input, context.caller)),
    rotate: procedures.rotate.handler(({ input }) => triggers.rotate(input.id)),
    remove: procedures.remove.handler(({ input }) => triggers.remove(input.id)),
  };
}
