import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { TestCondition } from '../../src-shared/model/condition.ts';
import type { ApiContext } from '../harness.ts';
import { readAllConditions, readCondition, type ConditionServices } from '../services/conditions/condition-services.ts';
import { exportCondition, importCondition } from '../services/conditions/exchange-condition.ts';
import { removeCondition, writeConditionRow } from '../services/conditions/save-condition.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

export function conditionsPart(services: ConditionServices): Part<'conditions'> {
  const procedures = implement(harnessContract.conditions).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => readAllConditions(services)),
    get: procedures.get.handler(({ input }) => readCondition(services, input.id)),
    create: procedures.create.handler(({ input, context }) => writeConditionRow(services, { id: null, content: input }, context.caller)),
    update: procedures.update.handler(({ input, context }) => writeConditionRow(services, input, context.caller)),
    remove: procedures.remove.handler(({ input }) => {
      removeCondition(services, input.id);
      return { removed: true };
    }),
    export: procedures.export.handler(({ input }) => exportCondition(services, input.id)),
    import: procedures.import.handler(({ input, context }) => importCondition(services, input, context.caller)),
    watch: procedures.watch.handler(({ signal }) =>
      coalescedFeed<unknown, true, TestCondition[]>({
        listen: (listener) => services.changes.on('conditions:changed', listener),
        first: () => readAllConditions(services),
        merge: () => true,
        take: () => readAllConditions(services),
        signal,
        pauseMs: 50,
      }),
    ),
  };
}
