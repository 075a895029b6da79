import type { ContentStore } from '@atn/content-store';
import { capsulesPart } from './api/capsules.ts';
import { conditionsPart } from './api/conditions.ts';
import { matricesPart } from './api/matrices.ts';
import type { Parts } from './api/part.ts';
import { plansPart } from './api/plans.ts';
import { preflightPart } from './api/preflight.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { dryrunStage, type DryrunServices } from './services/preflight/dryrun-stage.ts';
import { libraryStage } from './services/preflight/library-stage.ts';
import type { LibraryServices } from './services/libraries/library-services.ts';
import { recogniseImports } from './services/libraries/recognise-imports.ts';
import type { Runs } from './services/runs/create-runs.ts';
import type { RunServices } from './services/runs/run-services.ts';
import type { SecretStore } from './services/secrets/secret-store.ts';
import type { TestDataServices } from './services/test-data/test-data-services.ts';
import type { WritableStore } from './store/handle.ts';
import { findLibrary, listLibraries } from './store/libraries.ts';

interface Joined {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  secrets: SecretStore;
  runs: RunServices;
  engine: Runs;
  libraries: LibraryServices;
  scratch: string;
  content: ContentStore;
  testData: TestDataServices;
  harnessName: () => string;
}

/** Plans, conditions, and the check of what somebody wants to run. */
export function joinPlans({
  runs,
  engine,
  libraries,
  ...joined
}: Joined): Pick<Parts, 'plans' | 'conditions' | 'preflight' | 'matrices' | 'capsules'> {
  const hasRevision = (testDataId: string, revision: string) => runs.testData.sizeOf(testDataId, revision) !== undefined;
  const libraryNames = {
    nameOf: (id: string) => findLibrary(joined.store, id)?.name,
    idOf: (name: string) => listLibraries(joined.store).find((library) => library.name.toLowerCase() === name.toLowerCase())?.id,
  };
  const slow = [libraryStage((question) => recogniseImports(libraries, question)), dryrunStage(joinDryrun(runs, joined.scratch))];
  const plans = { ...joined, hasRevision, libraryNames };
  const { environments } = libraries;
  return {
    plans: plansPart(plans),
    conditions: conditionsPart(joined),
    preflight: preflightPart({ ...runs, slow }),
    matrices: matricesPart({ runs, engine }),
    capsules: capsulesPart({ ...joined, runs, environments, libraries, plans, conditions: joined }),
  };
}

function joinDryrun(runs: RunServices, scratch: string): DryrunServices {
  const quiet = (signal: AbortSignal) => ({ signal, onProgress: () => undefined });
  return {
    scripts: runs.scripts,
    scratch,
    known: new Map(),
    materialise: (revision, folder, signal) => runs.testData.materialise(revision, folder, quiet(signal)),
    bindLibraries: (set) => runs.bindLibraries(set),
    ensureEnvironment: (set, signal) => runs.ensureEnvironment({ libraries: set, lockHash: null }, quiet(signal)),
    sutInformation: async (suts) => (await runs.sutInformation(suts)).suts,
  };
}
