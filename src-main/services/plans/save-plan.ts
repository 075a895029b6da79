import type { PlanContent, TestPlan } from '../../../src-shared/model/plan.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { refuseOptions } from '../../robot/command-line.ts';
import { findCondition } from '../../store/conditions.ts';
import { deletePlan, findPlanByName, savePlan } from '../../store/plans.ts';
import { findTestData } from '../../store/test-data.ts';
import type { Caller } from '../caller.ts';
import { contentOf, hashOf, needPlan, type PlanServices } from './plan-services.ts';

export interface PlanWish {
  /** Null makes a new plan. */
  id: string | null;
  content: PlanContent;
  /** Hash of the version that the person had before her eyes. */
  expected?: string | undefined;
}

/** Makes a plan, or one more version of it; the same content again changes nothing. Refused with every reason at once. */
export function writePlan(services: PlanServices, wish: PlanWish, caller: Caller): TestPlan {
  const { store, clock } = services;
  const content = contentOf(wish.content);
  const at = clock.now();
  const id = wish.id ?? newId(at);
  store.transaction(() => {
    const before = wish.id === null ? undefined : needPlan(store, wish.id);
    if (before !== undefined && wish.expected !== undefined && before.version.sha256 !== wish.expected)
      throw new WorkbenchError(
        'CONFLICT',
        `${before.name} was changed by ${before.version.savedBy} meanwhile. Look at it, then save again.`,
      );
    refuse(services, id, content);
    savePlan(store, { id, content, sha256: hashOf(content), at, by: caller.user });
  })();
  services.changes.emit('plans:changed', {});
  return needPlan(store, id);
}

export function copyPlan(services: PlanServices, { id, name }: { id: string; name?: string | undefined }, caller: Caller): TestPlan {
  const plan = needPlan(services.store, id);
  return writePlan(services, { id: null, content: { ...plan, name: name ?? freeName(services, plan.name) } }, caller);
}

export function removePlan(services: PlanServices, id: string): void {
  const { store } = services;
  store.transaction(() => {
    needPlan(store, id);
    deletePlan(store, id);
  })();
  services.changes.emit('plans:changed', {});
}

function freeName({ store }: PlanServices, name: string): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name.slice(0, 190)} ${number}`;
    if (findPlanByName(store, candidate) === undefined) return candidate;
  }
}

function refuse({ store, hasRevision }: PlanServices, id: string, content: PlanContent): void {
  const namesake = findPlanByName(store, content.name);
  if (namesake !== undefined && namesake.id !== id)
    throw new WorkbenchError('CONFLICT', `There is a plan named ${namesake.name} already. Choose another name.`);
  const testData = findTestData(store, content.testDataId);
  if (testData === undefined) throw new WorkbenchError('NOT_FOUND', 'The test data of this plan do not exist any more. Choose others.');
  if (content.revision !== 'newest' && !hasRevision(content.testDataId, content.revision))
    throw new WorkbenchError('NOT_FOUND', `${testData.name} has no revision ${content.revision.slice(0, 12)}. Choose another.`);
  if (content.conditionId !== null && findCondition(store, content.conditionId) === undefined)
    throw new WorkbenchError('NOT_FOUND', 'The condition of this plan does not exist any more. Choose another, or none.');
  const refusals = refuseOptions(content.options.robotOptions);
  if (refusals.length > 0)
    throw new WorkbenchError('BAD_REQUEST', `The plan cannot be saved. ${refusals[0] ?? ''}`, {
      details: refusals,
      reasons: refusals.map((message) => ({ code: 'OPTION_REFUSED', message, subject: 'robotOptions' })),
    });
}
