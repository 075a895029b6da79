import type { TestCondition } from '../../../src-shared/model/condition.ts';
import { WorkbenchError } from '../../errors.ts';
import { findCondition, findConditionByName } from '../../store/conditions.ts';
import type { Caller } from '../caller.ts';
import { needCondition, type ConditionServices } from './condition-services.ts';
import { readConditionFile, writeCondition } from './condition-yaml.ts';
import { writeConditionRow } from './save-condition.ts';

export function exportCondition({ store }: Pick<ConditionServices, 'store'>, id: string): { fileName: string; yaml: string } {
  const { parentId, ...row } = needCondition(store, id);
  const inherits = parentId === null ? null : (findCondition(store, parentId)?.name ?? null);
  return { fileName: `${row.name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')}.yaml`, yaml: writeCondition({ ...row, inherits }) };
}

/** The same name again replaces what it says; secrets that are stored stay. */
export async function importCondition(
  services: ConditionServices,
  { yaml, name }: { yaml: string; name?: string | undefined },
  caller: Caller,
): Promise<{ condition: TestCondition; notes: string[] }> {
  const { store } = services;
  const file = readConditionFile(yaml);
  const wanted = name ?? file.name;
  if (wanted === null) throw new WorkbenchError('BAD_REQUEST', 'This file holds variables only. Give the condition a name.');
  const parent = file.inherits === null ? undefined : findConditionByName(store, file.inherits);
  if (file.inherits !== null && parent === undefined)
    throw new WorkbenchError('NOT_FOUND', `${wanted} inherits from ${file.inherits}, which is not here. Import that one first.`);
  const namesake = findConditionByName(store, wanted);
  const content = { name: wanted, doc: file.doc, parentId: parent?.id ?? null, variables: file.variables };
  const condition = await writeConditionRow(services, { id: namesake?.id ?? null, content }, caller);
  const missing = condition.variables.flatMap(({ type, value, name: each }) => (type === 'secret' && value === null ? [each] : []));
  const supply = missing.length === 0 ? [] : [`To be supplied, because no file carries secrets: ${missing.join(', ')}.`];
  return { condition, notes: [...file.notes, ...supply] };
}
