import { put, type ContentStore } from '@atn/content-store';
import { freeBytes } from './free-bytes.ts';
import type { Environments } from './services/environments/default-environment.ts';
import { sayProgress } from './services/environments/build-environment.ts';
import { ensureEnvironment } from './services/environments/ensure-environment.ts';
import type { EnvironmentServices } from './services/environments/environment-services.ts';
import { hasHubHeard } from './services/hub/runs/heard-hub.ts';
import { bindSet } from './services/libraries/bind-libraries.ts';
import type { RunServices } from './services/runs/run-services.ts';
import type { SutServices } from './services/suts/sut-services.ts';
import { sutInformation } from './services/suts/sut-information.ts';
import { contentProblem } from './services/test-data/content-problem.ts';
import { readKeptDiscovery } from './services/test-data/known-discovery.ts';
import { materialiseRevision } from './services/test-data/materialise-revision.ts';
import { readContent } from './services/test-data/read-revision.ts';
import { underName } from './services/test-data/suite-name.ts';
import { findHubRunOf } from './store/hub-runs.ts';
import { listRevisions } from './store/test-data-history.ts';
import { findTestData } from './store/test-data.ts';
import { createRunJobs, MOST_RUN_THREADS } from './workers/run-jobs.ts';
import { WorkerPool } from './workers/pool.ts';

type Joined = Pick<
  RunServices,
  | 'store'
  | 'changes'
  | 'clock'
  | 'log'
  | 'runsFolder'
  | 'scripts'
  | 'nativeBinding'
  | 'settings'
  | 'queuePaused'
  | 'holds'
  | 'access'
  | 'takeOutMedia'
  | 'provisioning'
  | 'provisioningReasons'
> & { environments: Environments; locked: EnvironmentServices; content: ContentStore; suts: SutServices };

/** What the run engine needs of the other services; also the pool that its jobs run in, to be closed after the engine. */
export function joinRuns(joined: Joined): { services: RunServices; pool: WorkerPool } {
  const { content, suts, locked } = joined;
  const pool = new WorkerPool({ threads: MOST_RUN_THREADS });
  const services: RunServices = {
    ...joined,
    jobs: createRunJobs(pool),
    mayBegin: (id) => hasHubHeard(joined.store) || findHubRunOf(joined.store, id) === undefined,
    ensureEnvironment: (set, { signal, onProgress }) =>
      ensureEnvironment(locked, set, { signal, onProgress: (progress) => onProgress({ ...progress, step: sayProgress(progress) }) }),
    bindLibraries: (set) => bindSet(joined.store, set),
    reveal: (reference) => suts.secrets.reveal(reference),
    sutInformation: (rows) => sutInformation(suts, rows),
    content: { put: (text) => putText(content, text), read: async (sha256) => (await readContent(content, sha256)).toString('utf8') },
    testData: joinTestData(joined),
    freeBytes,
  };
  return { services, pool };
}

function joinTestData({ store, content, environments, clock }: Joined): RunServices['testData'] {
  return {
    find: (id) => findTestData(store, id),
    sizeOf: (id, revision) => listRevisions(store, id).find(({ hash }) => hash === revision)?.size,
    known: async (revision, suiteName) => {
      const robotVersion = environments.known()?.robotVersion;
      const kept = robotVersion === undefined ? null : await readKeptDiscovery({ store, content }, { revision, robotVersion });
      return kept === null ? undefined : { ...kept, root: underName(kept.root, suiteName), cached: true, tookMs: 0 };
    },
    materialise: async (revision, folder, { signal, onProgress }) => {
      const onFile = (done: number, total: number) =>
        onProgress({ step: `Files of the test data: ${done} of ${total}`, done, total, unit: 'files', at: clock.now() });
      await materialiseRevision(content, { revision, folder, signal, onFile });
    },
  };
}

async function putText(content: ContentStore, text: string): Promise<string> {
  try {
    return (await put(content, Buffer.from(text))).sha256;
  } catch (error) {
    throw contentProblem(error);
  }
}
