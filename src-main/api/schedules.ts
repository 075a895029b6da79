import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { Schedules } from '../services/schedules/schedules.ts';
import type { Part } from './part.ts';

export function schedulesPart(schedules: Schedules): Part<'schedules'> {
  const procedures = implement(harnessContract.schedules).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => schedules.list()),
    save: procedures.save.handler(({ input, context }) => schedules.save(input, context.caller)),
    remove: procedures.remove.handler(({ input }) => schedules.remove(input.id)),
    preview: procedures.preview.handler(({ input }) => schedules.preview(input)),
  };
}
