import { HubPlanBody, type HubPlan } from '../../src-shared/model/hub-plans.ts';
import { resolveBringing, needContent } from '../runs/resolve-bringing.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import type { HubStore } from '../store/tables.ts';
import { listWritten, needWritten, removeWritten, saveWritten, type Writer } from './written.ts';

export async function listPlans({ store }: HubRunServices): Promise<HubPlan[]> {
  const rows = await listWritten(store, 'plan');
  return rows.map(({ body, changed_at: changedAt, ...row }) => ({ ...row, changedAt, body: HubPlanBody.parse(JSON.parse(body)) }));
}

/** Throws NOT_FOUND where it names something that is not here. */
export async function savePlan(
  { store, now }: HubRunServices,
  { body, ...named }: { id: string; name: string; body: HubPlanBody },
  writer: Writer,
): Promise<void> {
  await needParts(store, body);
  await saveWritten(store, 'plan', { ...named, body: JSON.stringify(body), changed_at: now(), writer });
}

export async function removePlan({ store }: HubRunServices, id: string, writer: Writer): Promise<void> {
  await removeWritten(store, 'plan', { id, writer });
}

/** Everything that a plan names, as it is now. Throws NOT_FOUND. */
export async function needParts(store: HubStore, body: HubPlanBody): Promise<{ name: string; yaml: string; id: string }[]> {
  await needContent(store, body.testDataId, 'suites');
  await resolveBringing(store, body);
  const conditions = [];
  for (const id of body.conditionIds) {
    const { name, body: yaml } = await needWritten(store, 'condition', id);
    conditions.push({ id, name, yaml });
  }
  return conditions;
}
