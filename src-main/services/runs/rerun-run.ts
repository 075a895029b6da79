import { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import { WorkbenchError } from '../../errors.ts';
import { findConditionByName, listRunSecrets } from '../../store/conditions.ts';
import { findPlanContent } from '../../store/plans.ts';
import { bindingOf, findRun, findRunByRequestKey, planOf, requestOf, type RunRow } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { bindCondition } from '../conditions/condition-services.ts';
import { checkRun } from '../preflight/check-run.ts';
import type { WantedCondition, WantedRun } from '../preflight/wanted-run.ts';
import type { RunServices } from './run-services.ts';
import { provisionAgain } from './start-provisioning.ts';
import { bindRun, queueRun, type CheckedRun } from './start-run.ts';

export interface RerunRequest {
  id: string;
  /** Leaves out what came out well, in this run and in those that it repeats in turn. */
  failedOnly: boolean;
  /** Other SUTs than before. */
  suts?: readonly string[] | undefined;
  /** Same key, same run: asked twice, it is started once. */
  requestKey?: string | undefined;
}

/** The same revision, variables, selection and options again. Refused like a start, and when nothing is left to repeat. */
export async function rerunRun(services: RunServices, request: RerunRequest, caller: Caller): Promise<string> {
  const known = request.requestKey === undefined ? undefined : findRunByRequestKey(services.store, request.requestKey);
  if (known !== undefined) return known.id;
  const origin = findRun(services.store, request.id);
  if (origin?.purpose === 'provision') return provisionAgain(services, { origin, ...request }, caller);
  const checked = await checkRerun(services, request, caller.user);
  return queueRun(services, await bindRun(services, { ...checked, requestKey: request.requestKey ?? null }));
}

/** A rerun that may be queued. */
export async function checkRerun(services: RunServices, { id, failedOnly, suts }: RerunRequest, startedBy: string): Promise<CheckedRun> {
  const row = findRun(services.store, id);
  if (row === undefined || row.test_data_id === null) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
  if (failedOnly && row.state !== 'ended') throw new WorkbenchError('CONFLICT', 'This run is not ended: what failed is not known yet.');
  if (failedOnly && row.verdict === 'passed')
    throw new WorkbenchError('CONFLICT', 'Nothing failed in this run, so there is nothing to repeat. Rerun it whole instead.');
  const wanted = await wantedAgain(services, { row, testDataId: row.test_data_id, startedBy });
  const again = suts === undefined ? wanted : { ...wanted, suts };
  return { wanted: again, checked: await checkRun(services, again), requestKey: null, origin: { row, failedOnly } };
}

interface Again {
  row: RunRow;
  testDataId: string;
  startedBy: string;
}

/** What a run was started with, whatever plan and condition say now. */
async function wantedAgain(services: RunServices, { row, testDataId, startedBy }: Again): Promise<WantedRun> {
  const { selection, options, order } = requestOf(row);
  const plan = planOf(row);
  const content = plan === null ? undefined : findPlanContent(services.store, plan.sha256);
  return {
    name: row.name,
    plan,
    testDataId,
    revision: row.revision,
    selection,
    order: order ?? { by: 'data' },
    libraries: content === undefined || content.libraries.length === 0 ? null : content.libraries,
    suts: JSON.parse(row.suts) as string[],
    sutNeeds: content?.sutNeeds ?? null,
    condition: await conditionAgain(services, row),
    options,
    // A rerun that a person asks for is one rerun; only the first run has a policy.
    retryTimes: 0,
    provisioning: choiceAgain(bindingOf(row)),
    startedBy,
  };
}

function choiceAgain(binding: ReturnType<typeof bindingOf>): WantedRun['provisioning'] {
  if (binding === null) return null;
  const { recipe, answers, when, keep, leaves, image, imageSource } = binding;
  // What was bound by an older version lacks what came later.
  return ProvisioningChoice.parse({ recipe, answers, when, keep, leaves, imageSource, image: image?.name ?? null });
}

async function conditionAgain(services: RunServices, row: RunRow): Promise<WantedCondition | null> {
  const { condition: name, condition_sha256: sha256 } = row;
  if (name === null || sha256 === null) return null;
  const yaml = await services.content.read(sha256);
  const own = listRunSecrets(services.store, row.number);
  const { id, secrets, missing } = suppliedHere(services, row);
  return { id, name, yaml, secrets: { ...secrets, ...own }, missing, problem: null };
}

/** A capsule carries no secrets: they are those of the condition that has the name here. */
function suppliedHere({ store }: RunServices, row: RunRow): Pick<WantedCondition, 'id' | 'secrets' | 'missing'> {
  const names = JSON.parse(row.secrets_to_supply) as string[];
  const condition = names.length === 0 ? undefined : findConditionByName(store, row.condition ?? '');
  const bound = condition === undefined ? undefined : bindCondition(store, condition.id);
  const secrets = Object.fromEntries(Object.entries(bound?.secrets ?? {}).filter(([name]) => names.includes(name)));
  return { id: condition?.id ?? null, secrets, missing: names.filter((name) => !(name in secrets)) };
}
