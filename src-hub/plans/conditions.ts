import { parse } from 'yaml';
import type { HubCondition } from '../../src-shared/model/hub-plans.ts';
import { HubError } from '../errors.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { listPlans } from './plans.ts';
import { listWritten, removeWritten, saveWritten, type Writer } from './written.ts';

export async function listConditions({ store }: HubRunServices): Promise<HubCondition[]> {
  const rows = await listWritten(store, 'condition');
  return rows.map(({ body, changed_at: changedAt, ...row }) => ({ ...row, yaml: body, changedAt }));
}

export async function saveCondition(
  { store, now }: HubRunServices,
  { yaml, ...named }: { id: string; name: string; yaml: string },
  writer: Writer,
): Promise<void> {
  demandVariables(yaml);
  await saveWritten(store, 'condition', { ...named, body: yaml, changed_at: now(), writer });
}

/** Throws CONFLICT, naming them, while plans need it. */
export async function removeCondition(services: HubRunServices, id: string, writer: Writer): Promise<void> {
  const users = (await listPlans(services)).filter(({ body }) => body.conditionIds.includes(id)).map(({ name }) => name);
  if (users.length > 0) throw new HubError('CONFLICT', `${users.slice(0, 3).join(', ')}: needs this condition. Take it out there first.`);
  await removeWritten(services.store, 'condition', { id, writer });
}

/** What is wrong is said while it is written, not when a lab reads it. */
function demandVariables(yaml: string): void {
  let found: unknown;
  try {
    found = parse(yaml);
  } catch (cause) {
    throw new HubError('BAD_REQUEST', `This is no YAML: ${cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : ''}`, {
      cause,
    });
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw new HubError('BAD_REQUEST', 'Variables are written one a line, as "name: value".');
}
