import { put } from '@atn/content-store';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Discovery } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { DISCOVERY_SCHEMA, findSuites } from '../../robot/discovery.ts';
import { listOwners, saveCounts, saveDiscovery, type DiscoveryKey } from '../../store/test-data-history.ts';
import { contentProblem } from './content-problem.ts';
import { countsOf, tagsOf } from './discovery-summary.ts';
import { isParsedFile } from './ignore-list.ts';
import { readKeptDiscovery, type KeptDiscovery } from './known-discovery.ts';
import { materialiseRevision, ROOT_FOLDER } from './materialise-revision.ts';
import { underName } from './suite-name.ts';
import type { TestDataServices } from './test-data-services.ts';

interface DiscoverRequest {
  revision: string;
  /** Whose root suite's name it is told under; without it, that of the test data that had the revision first. */
  testDataId?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** The suites of a revision: what the same Robot found before, else a look now. Throws what finding Python and Robot throws, too. */
export async function discoverRevision(services: TestDataServices, request: DiscoverRequest): Promise<Discovery> {
  const { revision, signal } = request;
  const suiteName = suiteNameFor(services, request);
  const begin = performance.now();
  const { python, robotVersion } = await services.environments.ensureDefault({ signal });
  const key: DiscoveryKey = { revision, robotVersion, schema: DISCOVERY_SCHEMA };
  const kept = await readKeptDiscovery(services, key);
  const found = kept ?? (await look(services, { revision, python, signal }));
  if (kept === null) await keep(services, key, found);
  const tookMs = Math.round(performance.now() - begin);
  return { ...found, root: underName(found.root, suiteName), cached: kept !== null, tookMs };
}

function suiteNameFor({ store }: TestDataServices, { revision, testDataId }: DiscoverRequest): string {
  const owners = listOwners(store, revision);
  const owner = testDataId === undefined ? owners[0] : owners.find(({ id }) => id === testDataId);
  if (owner === undefined) throw new WorkbenchError('NOT_FOUND', 'There is no such revision.');
  return owner.suiteName;
}

async function look(
  { content, scratch, resources }: TestDataServices,
  request: { revision: string; python: string; signal: AbortSignal | undefined },
): Promise<KeptDiscovery> {
  const { revision, python, signal } = request;
  const place = await mkdtemp(join(scratch, 'discovery-'));
  try {
    const folder = join(place, ROOT_FOLDER);
    await materialiseRevision(content, { revision, folder, signal, only: isParsedFile });
    const { root, errors, robotVersion } = await findSuites({ python, scripts: join(resources, 'robot'), folder, signal });
    const shown = errors.map((error) => ({ ...error, message: error.message.replaceAll(`${folder}/`, '').replaceAll(`${folder}\\`, '') }));
    return { revision, robotVersion, root, errors: shown, tags: tagsOf(root) };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function keep(services: TestDataServices, key: DiscoveryKey, found: KeptDiscovery): Promise<void> {
  const { store, content, clock } = services;
  try {
    const { sha256 } = await put(content, Buffer.from(JSON.stringify(found)));
    store.transaction(() => {
      saveDiscovery(store, { ...key, content: sha256, foundAt: clock.now() });
      saveCounts(store, key.revision, countsOf(found));
    })();
  } catch (error) {
    throw contentProblem(error);
  }
  services.changes.emit('testData:changed', { ids: listOwners(store, key.revision).map(({ id }) => id) });
}
