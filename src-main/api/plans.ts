import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { TestPlan } from '../../src-shared/model/plan.ts';
import type { ApiContext } from '../harness.ts';
import { exportPlan, importPlan, type LibraryNames } from '../services/plans/exchange-plan.ts';
import { needPlan, readAllPlans, readVersion, readVersions, type PlanServices } from '../services/plans/plan-services.ts';
import { copyPlan, removePlan, writePlan } from '../services/plans/save-plan.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

export function plansPart(services: PlanServices & { libraryNames: LibraryNames }): Part<'plans'> {
  const procedures = implement(harnessContract.plans).$context<ApiContext>();
  const { store } = services;
  return {
    list: procedures.list.handler(() => readAllPlans(services)),
    get: procedures.get.handler(({ input }) => needPlan(store, input.id)),
    create: procedures.create.handler(({ input, context }) => writePlan(services, { id: null, content: input }, context.caller)),
    update: procedures.update.handler(({ input, context }) => writePlan(services, input, context.caller)),
    copy: procedures.copy.handler(({ input, context }) => copyPlan(services, input, context.caller)),
    remove: procedures.remove.handler(({ input }) => {
      removePlan(services, input.id);
      return { removed: true };
    }),
    versions: procedures.versions.handler(({ input }) => readVersions(services, input.id)),
    version: procedures.version.handler(({ input }) => readVersion(services, input.sha256)),
    export: procedures.export.handler(({ input }) => exportPlan(store, services.libraryNames, input.id)),
    import: procedures.import.handler(({ input, context }) => importPlan(services, input.yaml, context.caller)),
    watch: procedures.watch.handler(({ signal }) => planFeed(services, signal)),
  };
}

/** A run more changes a plan's count, a name of test data what it shows: both are told. */
function planFeed(services: PlanServices, signal: AbortSignal | undefined) {
  return coalescedFeed<unknown, true, TestPlan[]>({
    listen: (listener) => {
      const stops = (['plans:changed', 'testData:changed', 'run:ended'] as const).map((change) => services.changes.on(change, listener));
      return () => stops.forEach((stop) => stop());
    },
    first: () => readAllPlans(services),
    merge: () => true,
    take: () => readAllPlans(services),
    signal,
    pauseMs: 50,
  });
}
