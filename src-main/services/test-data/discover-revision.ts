import { put, remove } from '@atn/content-store';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Discovery } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { DISCOVERY_SCHEMA, type FoundSuites } from '../../robot/discovery.ts';
import {
  listOwners,
  listRevisions,
  saveCounts,
  saveDiscovery,
  takeOldDiscoveries,
  type DiscoveryKey,
} from '../../store/test-data-history.ts';
import { contentProblem } from './content-problem.ts';
import { countsOf, tagsOf } from './discovery-summary.ts';
import { isParsedFile } from './ignore-list.ts';
import { readKeptDiscovery, type KeptDiscovery } from './known-discovery.ts';
import { materialiseRevision, ROOT_FOLDER } from './materialise-revision.ts';
import { affectedFiles, mergeDiscovery, sortErrors, type Affected } from './merge-discovery.ts';
import { readRevision } from './read-revision.ts';
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
  const found = kept ?? (await look(services, { revision, key, python, signal }));
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

interface Looking {
  revision: string;
  key: DiscoveryKey;
  python: string;
  signal: AbortSignal | undefined;
}

/** Where an earlier revision of the same test data was looked at already, only what differs from it is looked at. */
async function look(services: TestDataServices, looking: Looking): Promise<KeptDiscovery> {
  const files = await readRevision(services.content, looking.revision);
  const before = await nearestKnown(services, looking.key);
  const affected = before === null ? null : affectedFiles(await readRevision(services.content, before.revision), files);
  if (before === null || affected === null) return finished(looking, await lookAt(services, looking, null));
  const part = affected.look.length === 0 ? null : await lookAt(services, looking, affected);
  return finished(looking, { robotVersion: before.robotVersion, ...mergeDiscovery(before, affected, part) });
}

function finished({ revision }: Looking, { robotVersion, root, errors }: FoundSuites): KeptDiscovery {
  return { revision, robotVersion, root, errors: sortErrors(errors), tags: tagsOf(root) };
}

async function lookAt(services: TestDataServices, { revision, python, signal }: Looking, affected: Affected | null): Promise<FoundSuites> {
  const place = await mkdtemp(join(services.scratch, 'discovery-'));
  try {
    const folder = join(place, ROOT_FOLDER);
    const only = affected === null ? isParsedFile : (path: string) => affected.needed.has(path);
    await materialiseRevision(services.content, { revision, folder, signal, only });
    const found = await services.finder.find({ python, folder, files: affected === null ? undefined : [...affected.needed], signal });
    const shown = found.errors.map((error) => ({
      ...error,
      message: error.message.replaceAll(`${folder}/`, '').replaceAll(`${folder}\\`, ''),
    }));
    return { ...found, errors: shown };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** So many revisions back what was found is still near enough to be worth reading. */
const MOST_BACK = 20;

async function nearestKnown(services: TestDataServices, { revision, robotVersion }: DiscoveryKey): Promise<KeptDiscovery | null> {
  for (const { id } of listOwners(services.store, revision)) {
    const history = listRevisions(services.store, id).slice(0, MOST_BACK);
    for (const { hash } of history.filter((each) => each.hash !== revision)) {
      const kept = await readKeptDiscovery(services, { revision: hash, robotVersion });
      if (kept !== null) return kept;
    }
  }
  return null;
}

async function keep(services: TestDataServices, key: DiscoveryKey, found: KeptDiscovery): Promise<void> {
  const { store, content, clock } = services;
  try {
    const { sha256 } = await put(content, Buffer.from(JSON.stringify(found)));
    const old = store.transaction(() => {
      saveDiscovery(store, { ...key, content: sha256, foundAt: clock.now() });
      saveCounts(store, key.revision, countsOf(found));
      return takeOldDiscoveries(store);
    })();
    for (const each of old) await remove(content, each);
  } catch (error) {
    throw contentProblem(error);
  }
  services.changes.emit('testData:changed', { ids: listOwners(store, key.revision).map(({ id }) => id) });
}
