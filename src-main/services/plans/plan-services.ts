import { createHash } from 'node:crypto';
import { PlanContent, type PlanVersion, type TestPlan } from '../../../src-shared/model/plan.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore, WritableStore } from '../../store/handle.ts';
import { findPlan, findPlanContent, listPlans, listPlanVersions } from '../../store/plans.ts';

/** What every use case of this folder works with. */
export interface PlanServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  /** Whether these test data have this revision. */
  hasRevision: (testDataId: string, revision: string) => boolean;
}

export function needPlan(store: ReadableStore, id: string): TestPlan {
  const plan = findPlan(store, id);
  if (plan === undefined) throw new WorkbenchError('NOT_FOUND', 'This plan does not exist any more.');
  return plan;
}

export function readAllPlans({ store }: Pick<PlanServices, 'store'>): TestPlan[] {
  return listPlans(store);
}

/** Newest first. */
export function readVersions({ store }: Pick<PlanServices, 'store'>, id: string): PlanVersion[] {
  return listPlanVersions(store, needPlan(store, id).id);
}

/** What a plan said under this hash, also after it was removed, as long as a run has it. */
export function readVersion({ store }: Pick<PlanServices, 'store'>, sha256: string): PlanContent {
  const content = findPlanContent(store, sha256);
  if (content === undefined) throw new WorkbenchError('NOT_FOUND', 'No plan said this.');
  return content;
}

/** The content alone, with its keys in one order: what is hashed. */
export function contentOf(plan: TestPlan | PlanContent): PlanContent {
  return PlanContent.parse(plan);
}

export function hashOf(content: PlanContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
