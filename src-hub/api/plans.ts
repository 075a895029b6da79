import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import { listConditions, removeCondition, saveCondition } from '../plans/conditions.ts';
import { listPlans, removePlan, savePlan } from '../plans/plans.ts';
import { startPlan } from '../plans/start-plan.ts';
import { needRun } from '../runs/list-runs.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

export function conditionsPart(services: HubRunServices): HubPart<'conditions'> {
  const procedures = implement(hubContract.conditions).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listConditions(services)),
    save: procedures.save.handler(async ({ input, context }) => {
      await saveCondition(services, input, signedIn(context).person);
      return listConditions(services);
    }),
    remove: procedures.remove.handler(async ({ input, context }) => {
      await removeCondition(services, input.id, signedIn(context).person);
      return listConditions(services);
    }),
  };
}

export function plansPart(services: HubRunServices): HubPart<'plans'> {
  const procedures = implement(hubContract.plans).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listPlans(services)),
    save: procedures.save.handler(async ({ input, context }) => {
      await savePlan(services, input, signedIn(context).person);
      return listPlans(services);
    }),
    remove: procedures.remove.handler(async ({ input, context }) => {
      await removePlan(services, input.id, signedIn(context).person);
      return listPlans(services);
    }),
    start: procedures.start.handler(async ({ input, context }) => {
      const ids = await startPlan(services, input, signedIn(context).person.login);
      return Promise.all(ids.map((id) => needRun(services, id)));
    }),
  };
}
