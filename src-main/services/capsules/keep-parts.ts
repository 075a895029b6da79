import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import type { LibraryRef } from '../../../src-shared/model/library.ts';
import type { PlanBinding } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import { findConditionByName } from '../../store/conditions.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findPlanByName } from '../../store/plans.ts';
import { listRevisions } from '../../store/test-data-history.ts';
import { findTestDataByName } from '../../store/test-data.ts';
import type { Caller } from '../caller.ts';
import { bindCondition } from '../conditions/condition-services.ts';
import { readConditionFile } from '../conditions/condition-yaml.ts';
import { writeConditionRow } from '../conditions/save-condition.ts';
import { contentOf, hashOf } from '../plans/plan-services.ts';
import { writePlan } from '../plans/save-plan.ts';
import { importInto } from '../test-data/import-test-data.ts';
import type { SourceFile } from '../test-data/import-source.ts';
import { DATA, type CapsuleManifest } from './capsule-file.ts';
import type { CapsuleServices } from './capsule-services.ts';
import type { ImportOptions } from './import-capsule.ts';

interface Kept {
  id: string;
  notes: string[];
}

/** Those of the name, when they are the same test data; else under a name that is free. Nothing that is here gets a revision that is not its own. */
export async function keepTestData(
  services: CapsuleServices,
  { manifest, folder }: { manifest: CapsuleManifest; folder: string },
  { caller, signal, onProgress }: ImportOptions,
): Promise<Kept> {
  const { store } = services.runs;
  const { name, suiteName } = manifest.testData;
  const { revision, madeBy } = manifest.content;
  const known = findTestDataByName(store, name);
  if (known?.suiteName === suiteName && listRevisions(store, known.id).some(({ hash }) => hash === revision))
    return { id: known.id, notes: [] };
  const free = freeName(name, (each) => findTestDataByName(store, each) !== undefined);
  const files = await sourceFiles(manifest, folder);
  const { testData } = await importInto(services.testData, {
    ...{ caller, signal, onProgress, message: `From a run capsule of ${madeBy}.` },
    target: { name: free, suiteName },
    open: () =>
      Promise.resolve({
        ...{ files, warnings: [], close: () => undefined },
        origin: { kind: 'capsule', place: manifest.content.runName, ref: null, commit: null, subfolder: null },
      }),
  });
  if (testData.newest.hash !== revision)
    throw new WorkbenchError('ARCHIVE_REFUSED', 'The test data of this capsule are not the revision that its run was bound to.');
  return { id: testData.id, notes: free === name ? [] : [`Other test data are named ${name} here: those of the capsule are ${free}.`] };
}

async function sourceFiles(manifest: CapsuleManifest, folder: string): Promise<SourceFile[]> {
  const data = manifest.files.filter(({ path }) => path.startsWith(DATA));
  return Promise.all(
    data.map(async ({ path, executable }) => {
      const file = join(folder, path);
      const { size } = await stat(file);
      return { path: path.slice(DATA.length), size, executable, open: () => Promise.resolve(file) };
    }),
  );
}

/** A condition that gives a run the same; what is here under the name stays as it is. */
export async function keepCondition(
  services: CapsuleServices,
  { condition }: CapsuleManifest,
  caller: Caller,
): Promise<{ id: string | null; name: string | null; notes: string[] }> {
  if (condition === null) return { id: null, name: null, notes: [] };
  const { store } = services.runs;
  const { name, yaml, secrets } = condition;
  const here = findConditionByName(store, name);
  if (here !== undefined && saysTheSame(store, here.id, { yaml, secrets })) return { id: here.id, name: here.name, notes: [] };
  const free = freeName(name, (each) => findConditionByName(store, each) !== undefined);
  const variables = [
    ...readConditionFile(yaml).variables,
    ...secrets.map((each) => ({ name: each, type: 'secret' as const, value: null })),
  ];
  const made = await writeConditionRow(services.conditions, { id: null, content: { name: free, variables } }, caller);
  return {
    id: made.id,
    name: free,
    notes: free === name ? [] : [`Another condition is named ${name} here: that of the capsule is ${free}.`],
  };
}

function saysTheSame(store: ReadableStore, id: string, wanted: { yaml: string; secrets: readonly string[] }): boolean {
  const bound = bindCondition(store, id);
  if (bound === undefined || bound.yaml !== wanted.yaml) return false;
  return JSON.stringify([...Object.keys(bound.secrets), ...bound.missing].sort()) === JSON.stringify([...wanted.secrets].sort());
}

interface PlanToKeep {
  manifest: CapsuleManifest;
  testDataId: string;
  conditionId: string | null;
  libraries: readonly LibraryRef[];
  caller: Caller;
}

/** The plan at the revision of the run, with what it names as it is called here. */
export function keepPlan(services: CapsuleServices, made: PlanToKeep): { binding: PlanBinding | null; notes: string[] } {
  const { plan, content: capsule } = made.manifest;
  if (plan === null) return { binding: null, notes: [] };
  const { store } = services.runs;
  const content = contentOf({
    ...plan,
    testDataId: made.testDataId,
    revision: plan.revision === 'newest' ? 'newest' : capsule.revision,
    conditionId: plan.conditionId === null ? null : made.conditionId,
    libraries: plan.libraries.length === 0 ? [] : [...made.libraries],
  });
  const here = findPlanByName(store, plan.name);
  if (here !== undefined && here.version.sha256 === hashOf(content)) return { binding: bindingOf(here), notes: [] };
  const name = freeName(plan.name, (each) => findPlanByName(store, each) !== undefined);
  const kept = writePlan(services.plans, { id: null, content: { ...content, name } }, made.caller);
  return {
    binding: bindingOf(kept),
    notes: name === plan.name ? [] : [`Another plan is named ${plan.name} here: that of the capsule is ${name}.`],
  };
}

function bindingOf({ id, name, version }: { id: string; name: string; version: { sha256: string } }): PlanBinding {
  return { id, name, sha256: version.sha256 };
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let number = 1; ; number += 1) {
    const candidate = `${name.slice(0, 180)} (capsule${number === 1 ? '' : ` ${number}`})`;
    if (!isTaken(candidate)) return candidate;
  }
}
