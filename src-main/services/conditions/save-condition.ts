import { inheritance, variableKey } from '../../../src-shared/model/condition-inheritance.ts';
import type { ConditionVariable } from '../../../src-shared/model/condition.ts';
import { ConditionInput, type TestCondition } from '../../../src-shared/model/condition.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import {
  deleteCondition,
  findCondition,
  findConditionByName,
  listConditions,
  saveCondition,
  type ConditionRow,
} from '../../store/conditions.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { listPlans } from '../../store/plans.ts';
import { saveSecret, type SealedSecret } from '../../store/secrets.ts';
import type { Caller } from '../caller.ts';
import { announceConditions, needCondition, readCondition, type ConditionServices } from './condition-services.ts';

/** Makes a condition, or writes the one of this id anew. Refused with every reason at once. */
export async function writeConditionRow(
  services: ConditionServices,
  { id, content }: { id: string | null; content: ConditionInput },
  caller: Caller,
): Promise<TestCondition> {
  const { store, clock } = services;
  const input = ConditionInput.parse(content);
  const before = id === null ? undefined : needCondition(store, id);
  const { variables, sealed } = await keepSecrets(services, input, before?.variables ?? []);
  const at = clock.now();
  const row: ConditionRow = {
    id: id ?? newId(at),
    name: input.name,
    doc: input.doc,
    parentId: input.parentId,
    variables,
    createdAt: before?.createdAt ?? at,
    changedAt: at,
    changedBy: caller.user,
  };
  store.transaction(() => {
    refuse(store, row);
    for (const secret of sealed) saveSecret(store, secret, at);
    saveCondition(store, row);
  })();
  announceConditions(services);
  return readCondition(services, row.id);
}

/** Refused while something would be left without it. Runs keep what they were bound to. */
export function removeCondition(services: ConditionServices, id: string): void {
  const { store } = services;
  store.transaction(() => {
    const { name } = needCondition(store, id);
    const users = [
      ...listConditions(store).flatMap((each) => (each.parentId === id ? [`the condition ${each.name}`] : [])),
      ...listPlans(store).flatMap((plan) => (plan.conditionId === id ? [`the plan ${plan.name}`] : [])),
    ];
    if (users.length > 0)
      throw new WorkbenchError('CONFLICT', `${name} is used by ${users.join(', ')}. Let them go without it first.`, { details: users });
    deleteCondition(store, id);
  })();
  announceConditions(services);
}

/** A secret that is written anew gets a new reference: runs that have the old one keep its value. */
async function keepSecrets(
  services: ConditionServices,
  input: ReturnType<typeof ConditionInput.parse>,
  before: readonly ConditionVariable[],
): Promise<{ variables: ConditionVariable[]; sealed: SealedSecret[] }> {
  const sealed: SealedSecret[] = [];
  const variables: ConditionVariable[] = [];
  for (const { secret, ...variable } of input.variables) {
    if (variable.type !== 'secret') {
      variables.push(variable);
    } else if (secret === undefined || secret === '') {
      variables.push({ ...variable, value: secret === undefined ? referenceBefore(variable, before) : null });
    } else {
      const kept = await services.secrets.seal(secret);
      sealed.push(kept);
      variables.push({ ...variable, value: kept.reference });
    }
  }
  return { variables, sealed };
}

/** By its reference where that belongs to this condition (a renamed variable), else by its name; never one from elsewhere. */
function referenceBefore(variable: { name: string; value: string | null }, before: readonly ConditionVariable[]): string | null {
  const secrets = before.flatMap((each) => (each.type === 'secret' ? [each] : []));
  if (secrets.some(({ value }) => value !== null && value === variable.value)) return variable.value;
  return secrets.find(({ name }) => variableKey(name) === variableKey(variable.name))?.value ?? null;
}

function refuse(store: ReadableStore, row: ConditionRow): void {
  const namesake = findConditionByName(store, row.name);
  if (namesake !== undefined && namesake.id !== row.id)
    throw new WorkbenchError('CONFLICT', `There is a condition named ${namesake.name} already. Choose another name.`);
  const { problem } = inheritance(row, (id) => (id === row.id ? row : findCondition(store, id)));
  const problems = [...(problem === null ? [] : [problem]), ...twice(row.variables)];
  if (problems.length === 0) return;
  throw new WorkbenchError('BAD_REQUEST', `The condition cannot be saved. ${problems[0] ?? ''}`, {
    details: problems,
    reasons: problems.map((message) => ({ code: 'CONDITION_BROKEN', message, subject: row.name })),
  });
}

function twice(variables: readonly ConditionVariable[]): string[] {
  const first = new Map<string, string>();
  return variables.flatMap(({ name }) => {
    const key = variableKey(name);
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    if (key === 'suts') return ['${SUTs} is what the workbench gives to runs. Choose another name.'];
    return other === undefined ? [] : [`${name} and ${other} are one and the same variable for Robot. Keep one of them.`];
  });
}
