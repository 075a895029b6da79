import { createHash } from 'node:crypto';
import { PlanContent, type TestPlan } from '../../../src-shared/model/plan.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore, WritableStore } from '../../store/handle.ts';
import { findPlan } from '../../store/plans.ts';

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

/** The content alone, with its keys in one order: what is hashed. */
export function contentOf(plan: TestPlan | PlanContent): PlanContent {
  return PlanContent.parse(plan);
}

export function hashOf(content: PlanContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
