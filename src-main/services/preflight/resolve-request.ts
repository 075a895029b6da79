import { randomInt } from 'node:crypto';
import type { PlanOrder, TestPlan } from '../../../src-shared/model/plan.ts';
import type { Preflight, PreflightReason } from '../../../src-shared/model/preflight.ts';
import { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import { RunRequest } from '../../../src-shared/model/run.ts';
import { findPlan } from '../../store/plans.ts';
import { bindCondition } from '../conditions/condition-services.ts';
import type { CheckServices } from './preflight-services.ts';
import { error } from './reason.ts';
import type { WantedCondition, WantedRun } from './wanted-run.ts';

/** What a request asks for, or why nobody can tell. */
export type Resolved = { wanted: WantedRun; reasons: [] } | { wanted: null; reasons: Preflight['reasons'] };

const EVERYTHING = { include: [], exclude: [], suites: [], tests: [] };
const PLAIN = { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 };

/** Settles every part of a request: its own, else the plan's, else what holds for all runs. */
export function resolveRequest(services: CheckServices, input: RunRequest, startedBy: string): Resolved {
  const request = RunRequest.parse(input);
  const plan = request.planId === undefined ? undefined : findPlan(services.store, request.planId);
  if (request.planId !== undefined && plan === undefined)
    return { wanted: null, reasons: [error('PLAN_MISSING', 'This plan does not exist any more. Choose another.', request.planId)] };
  const condition = conditionOf(services, request, plan);
  const testDataId = request.testDataId ?? plan?.testDataId;
  if (condition === undefined || testDataId === undefined) return { wanted: null, reasons: [conditionGone()] };
  const options = request.options ?? plan?.options ?? PLAIN;
  // Test data that a request puts in the place of the plan's have revisions of their own.
  const fixed = testDataId === plan?.testDataId && plan.revision !== 'newest' ? plan.revision : undefined;
  return {
    reasons: [],
    wanted: {
      name: request.name ?? plan?.name,
      plan: plan === undefined ? null : { id: plan.id, name: plan.name, sha256: plan.version.sha256 },
      testDataId,
      revision: request.revision ?? fixed,
      selection: request.selection ?? plan?.selection ?? EVERYTHING,
      order: settleOrder(plan?.order ?? { by: 'data' }),
      libraries: request.libraries ?? (plan === undefined || plan.libraries.length === 0 ? null : plan.libraries),
      suts: request.suts,
      sutNeeds: plan?.sutNeeds ?? null,
      condition,
      options: { ...options, timeLimitMs: options.timeLimitMs ?? services.settings().defaultTimeLimitMs },
      retryTimes: plan?.retry.times ?? 0,
      provisioning: provisioningOf(request, plan),
      startedBy,
    },
  };
}

/** Versions of plans that are older than a part of it have its default. */
function provisioningOf(request: ReturnType<typeof RunRequest.parse>, plan: TestPlan | undefined): ProvisioningChoice | null {
  if (request.provisioning !== undefined) return needed(request.provisioning);
  return needed(plan?.provisioning == null ? null : ProvisioningChoice.parse(plan.provisioning));
}

function needed(choice: ProvisioningChoice | null): ProvisioningChoice | null {
  return choice === null || choice.when === 'never' ? null : choice;
}

/** Undefined: it names one that is not there. */
function conditionOf(
  { store }: CheckServices,
  request: ReturnType<typeof RunRequest.parse>,
  plan: TestPlan | undefined,
): WantedCondition | null | undefined {
  if (request.condition !== undefined) return { id: null, secrets: {}, missing: [], problem: null, ...request.condition };
  const id = request.conditionId === undefined ? (plan?.conditionId ?? null) : request.conditionId;
  return id === null ? null : bindCondition(store, id);
}

function conditionGone(): PreflightReason {
  return error('CONDITION_MISSING', 'The condition does not exist any more. Choose another, or none.', {
    subject: 'condition',
    repair: {
      action: 'chooseCondition',
    },
  });
}

/** A run has its seed for ever, so that its reruns are in its order. */
function settleOrder(order: PlanOrder): PlanOrder {
  return order.by === 'random' ? { by: 'random', seed: order.seed ?? randomInt(1_000_000_000) } : order;
}
