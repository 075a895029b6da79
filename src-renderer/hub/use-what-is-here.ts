import { NOTHING_BROUGHT, type BringLimits } from '../../src-shared/model/bring-limits.ts';
import type { HubHarness, HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubCondition, HubPlan } from '../../src-shared/model/hub-plans.ts';
import type { HubTestData } from '../../src-shared/model/hub-runs.ts';
import { hub } from '../bridge/hub-client.ts';
import type { Problem } from '../kit/problem.ts';
import { useFresh } from './use-fresh.ts';

/** What runs and plans are put together from. */
export interface WhatIsHere {
  readonly suites: readonly HubTestData[];
  readonly libraries: readonly HubTestData[];
  readonly images: readonly HubTestData[];
  readonly conditions: readonly HubCondition[];
  readonly plans: readonly HubPlan[];
  /** One's own that have begun. */
  readonly held: readonly HubReservation[];
  readonly labs: readonly HubHarness[];
}

export function useWhatIsHere(): { here: WhatIsHere | null; problem: Problem | null; again: () => void } {
  const { data, problem, again } = useFresh(async (): Promise<WhatIsHere> => {
    const [all, conditions, plans, reservations, labs] = await Promise.all([
      hub.testData.list(),
      hub.conditions.list(),
      hub.plans.list(),
      hub.reservations.list({}),
      hub.harnesses.list(),
    ]);
    const of = (kind: HubTestData['kind']) => all.filter((each) => each.kind === kind);
    return {
      ...{ suites: of('suites'), libraries: of('library'), images: of('image'), conditions, plans, labs },
      held: reservations.filter(({ state }) => state === 'active'),
    };
  }, []);
  return { here: data, problem, again };
}

/** What the lab of a reservation takes, as it said last; an older one says nothing and takes nothing. */
export function limitsOf(labs: readonly HubHarness[], harnessId: string): BringLimits {
  return labs.find(({ id }) => id === harnessId)?.policy?.bring ?? NOTHING_BROUGHT;
}
