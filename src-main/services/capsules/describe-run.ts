import type { BoundLibrary, EnvironmentLock } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import { listRunSecrets } from '../../store/conditions.ts';
import { findLock } from '../../store/environment-locks.ts';
import { listResults } from '../../store/imported-runs.ts';
import { findLibrary, listFolderFiles, listLibraryVersions } from '../../store/libraries.ts';
import { findPlanContent } from '../../store/plans.ts';
import { librariesOf, listPhases, listRunSuts, planOf, requestOf, type RunRow } from '../../store/runs.ts';
import { lockSet } from '../environments/lock-set.ts';
import { boundSuts } from '../runs/bound-suts.ts';
import type { CapsuleLibrary, CapsuleManifest } from './capsule-file.ts';
import type { CapsuleServices } from './capsule-services.ts';

/** The lock of the run's environment. With wheels also for a run in the default environment, which is then locked as it is now. */
export async function lockOf(
  services: CapsuleServices,
  row: RunRow,
  { wheels, signal }: { wheels: boolean; signal: AbortSignal },
): Promise<EnvironmentLock | null> {
  const { libraries, lockHash } = librariesOf(row);
  if (lockHash !== null) return findLock(services.runs.store, lockHash) ?? null;
  return wheels ? lockSet(services.environments, { libraries }, { signal }) : null;
}

export interface Described {
  libraries: CapsuleLibrary[];
  /** The manifest without its files. */
  complete: () => Promise<Omit<CapsuleManifest, 'files'>>;
}

/** Everything about a run that is no file. Never a secret: only how they are called. */
export function describeRun(
  services: CapsuleServices,
  row: RunRow,
  { lock, wheels }: { lock: EnvironmentLock | null; wheels: boolean },
): Described {
  const libraries = librariesOf(row).libraries.map((bound) => describeLibrary(services, bound));
  return {
    libraries,
    complete: async () => {
      const { store, testData, clock } = services.runs;
      const data = row.test_data_id === null ? undefined : testData.find(row.test_data_id);
      if (data === undefined) throw new WorkbenchError('NOT_FOUND', 'The test data of this run do not exist any more.');
      const plan = planOf(row);
      const content = plan === null ? null : (findPlanContent(store, plan.sha256) ?? null);
      const condition = await conditionOf(services, row);
      const secretFields = (await boundSuts(services.runs, row)).flatMap(({ name, information }) =>
        information.flatMap(({ key, kind }) => (kind === 'secret' ? [`${name}: ${key}`] : [])),
      );
      return {
        'atn-capsule': 1,
        content: {
          ...{ runId: row.id, runName: row.name, startedBy: row.started_by, createdAt: row.created_at },
          ...{ madeBy: services.harnessName(), madeAt: clock.now(), testDataName: data.name, revision: row.revision },
          ...{ plan: plan?.name ?? null, condition: row.condition, secrets: [...(condition?.secrets ?? []), ...secretFields] },
          ...{ suts: JSON.parse(row.suts) as string[], sutNeeds: content?.sutNeeds ?? null, environment: lock?.hash ?? null },
          ...{ libraries: libraries.map(({ bound }) => `${bound.name} ${bound.version}`), wheels: wheels && lock !== null, images: [] },
        },
        run: runFacts(services, row),
        testData: { name: data.name, suiteName: data.suiteName },
        plan: content,
        condition,
        libraries,
        lock,
      };
    },
  };
}

async function conditionOf(
  { runs }: CapsuleServices,
  { number, condition: name, condition_sha256: sha256 }: RunRow,
): Promise<CapsuleManifest['condition']> {
  if (name === null || sha256 === null) return null;
  return { name, yaml: await runs.content.read(sha256), secrets: Object.keys(listRunSecrets(runs.store, number)) };
}

function runFacts({ runs: { store } }: CapsuleServices, row: RunRow): CapsuleManifest['run'] {
  const { selection, options, order, failedOnly } = requestOf(row);
  return {
    ...{ selection, options, failedOnly, order: order ?? { by: 'data' } },
    sutNames: JSON.parse(row.suts) as string[],
    suts: listRunSuts(store, row.number).map(({ id, name }) => ({ id, name })),
    total: row.total,
    verdict: row.verdict ?? 'error',
    cause: row.cause,
    counts: { passed: row.passed, failed: row.failed, skipped: row.skipped, notRun: row.not_run },
    ...{ startedAt: row.started_at, endedAt: row.ended_at ?? row.created_at, happened: row.happened },
    failure: row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
    ...{ robotVersion: row.robot_version, pythonVersion: row.python_version, rebuilt: row.rebuilt === 1 },
    skippedPhases: JSON.parse(row.skipped_phases) as CapsuleManifest['run']['skippedPhases'],
    phases: listPhases(store, row.number),
    results: listResults(store, row.number),
  };
}

/** What no index has goes along: a wheel that was brought in, the files of a folder. */
function describeLibrary({ runs: { store } }: CapsuleServices, bound: BoundLibrary): CapsuleLibrary {
  const library = findLibrary(store, bound.libraryId);
  const version = library === undefined ? undefined : listLibraryVersions(store, library.id).find(({ id }) => id === bound.versionId);
  const { sha256, source } = bound;
  const files = sha256 === null ? [] : source === 'folder' ? listFolderFiles(store, sha256) : [sha256];
  return {
    ...{ bound, source, contents: [...new Set(files)] },
    ...{ description: library?.description ?? '', importNames: library?.importNames ?? [] },
    ...{ fileName: version?.fileName ?? null, origin: version?.origin ?? bound.name, size: version?.size ?? null },
  };
}
