import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { PlanContent, type TestPlan } from '../../../src-shared/model/plan.ts';
import { Name } from '../../../src-shared/model/text.ts';
import { WorkbenchError } from '../../errors.ts';
import { findCondition, findConditionByName } from '../../store/conditions.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findPlanByName } from '../../store/plans.ts';
import { findTestData, findTestDataByName } from '../../store/test-data.ts';
import type { Caller } from '../caller.ts';
import { contentOf, needPlan, type PlanServices } from './plan-services.ts';
import { writePlan } from './save-plan.ts';

/** A plan for another home: what is known there by another id is named. */
const PlanFile = PlanContent.omit({ testDataId: true, conditionId: true, libraries: true }).extend({
  'atn-plan': z.literal(1),
  testData: Name,
  condition: Name.nullable().default(null),
  /** Names only: which version they are is decided where the plan is run. */
  libraries: z.array(Name).default([]),
});

/** What plans need of libraries to name them. */
export interface LibraryNames {
  nameOf(id: string): string | undefined;
  idOf(name: string): string | undefined;
}

export function exportPlan(store: ReadableStore, names: LibraryNames, id: string): { fileName: string; yaml: string } {
  const { testDataId, conditionId, libraries, ...content } = contentOf(needPlan(store, id));
  const file: z.infer<typeof PlanFile> = {
    'atn-plan': 1,
    ...content,
    testData: findTestData(store, testDataId)?.name ?? '',
    condition: conditionId === null ? null : (findCondition(store, conditionId)?.name ?? null),
    libraries: libraries.flatMap(({ libraryId }) => names.nameOf(libraryId) ?? []),
  };
  return { fileName: `${content.name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')}.yaml`, yaml: stringify(file, { lineWidth: 0 }) };
}

/** Makes the plan of a file, or a new version of the plan that has its name. Refused with every name that is not known here. */
export function importPlan(services: PlanServices & { libraryNames: LibraryNames }, yaml: string, caller: Caller): TestPlan {
  const { store, libraryNames } = services;
  const { testData, condition, libraries, ...content } = readFile(yaml);
  const testDataId = findTestDataByName(store, testData)?.id;
  const conditionId = condition === null ? null : findConditionByName(store, condition)?.id;
  const found = libraries.map((name) => ({ name, id: libraryNames.idOf(name) }));
  const unknown = [
    ...(testDataId === undefined ? [`the test data ${testData}`] : []),
    ...(conditionId === undefined ? [`the condition ${condition ?? ''}`] : []),
    ...found.flatMap(({ name, id }) => (id === undefined ? [`the library ${name}`] : [])),
  ];
  if (testDataId === undefined || conditionId === undefined || unknown.length > 0)
    throw new WorkbenchError('NOT_FOUND', `${content.name} needs what is not here: ${unknown.join(', ')}. Import that first.`, {
      details: unknown,
    });
  const refs = found.flatMap(({ id }) => (id === undefined ? [] : [{ libraryId: id, versionId: null }]));
  const before = findPlanByName(store, content.name);
  return writePlan(services, { id: before?.id ?? null, content: { ...content, testDataId, conditionId, libraries: refs } }, caller);
}

function readFile(yaml: string): z.infer<typeof PlanFile> {
  let value: unknown;
  try {
    value = parse(yaml);
  } catch (cause) {
    throw new WorkbenchError('BAD_REQUEST', `This is no YAML file: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''}`, {
      cause,
    });
  }
  const file = PlanFile.safeParse(value);
  if (file.success) return file.data;
  const details = file.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new WorkbenchError('BAD_REQUEST', `This is no plan that can be read. ${details[0] ?? ''}`, { details });
}
