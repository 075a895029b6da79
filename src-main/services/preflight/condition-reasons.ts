import type { PreflightReason, Repair } from '../../../src-shared/model/preflight.ts';
import { readCondition } from '../conditions/read-condition.ts';
import { error } from './reason.ts';
import type { WantedCondition } from './wanted-run.ts';

/** Why a condition cannot be given to a run; nothing when it can. */
export function conditionReasons(condition: WantedCondition | null): PreflightReason[] {
  if (condition === null) return [];
  const { id, problem, missing, yaml } = condition;
  const open = (variable: string | null): Repair =>
    id === null ? { action: 'chooseCondition' } : { action: 'openCondition', conditionId: id, variable };
  const sentences = problem === null ? readCondition(yaml).problems : [problem];
  return [
    ...sentences.map((sentence) =>
      error('CONDITION_BROKEN', `The condition is broken. ${sentence}`, { subject: 'condition', repair: open(null) }),
    ),
    ...missing.map((name) =>
      error('SECRET_MISSING', `The secret ${name} of the condition has no value. Enter it there.`, {
        subject: 'condition',
        repair: open(name),
      }),
    ),
  ];
}
