import { put } from '@atn/content-store';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Discovery } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { DISCOVERY_SCHEMA, findSuites } from '../../robot/discovery.ts';
import { findDiscovery, hasRevision, listTestData, saveCounts, saveDiscovery, type DiscoveryKey } from '../../store/test-data.ts';
import { contentProblem } from './content-problem.ts';
import { countsOf, tagsOf } from './discovery-summary.ts';
import { isParsedFile } from './ignore-list.ts';
import { materialiseRevision, ROOT_FOLDER } from './materialise-revision.ts';
import { readContent } from './read-revision.ts';
import type { TestDataServices } from './test-data-services.ts';

interface DiscoverOptions {
  signal?: AbortSignal | undefined;
}

type KeptDiscovery = Omit<Discovery, 'cached' | 'tookMs'>;

/** The suites of a revision: what the same Robot found before, else a look now. Throws what finding Python and Robot throws, too. */
export async function discoverRevision(services: TestDataServices, revision: string, options: DiscoverOptions = {}): Promise<Discovery> {
  if (!hasRevision(services.store, revision)) throw new WorkbenchError('NOT_FOUND', 'There is no such revision.');
  const begin = performance.now();
  const { python, robotVersion } = await services.environments.ensureDefault({ signal: options.signal });
  const key: DiscoveryKey = { revision, robotVersion, schema: DISCOVERY_SCHEMA };
  const kept = await readKept(services, key);
  if (kept !== null) return { ...kept, cached: true, tookMs: Math.round(performance.now() - begin) };
  const found = await look(services, { revision, python, signal: options.signal });
  await keep(services, key, found);
  return { ...found, cached: false, tookMs: Math.round(performance.now() - begin) };
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

async function readKept({ store, content }: TestDataServices, key: DiscoveryKey): Promise<KeptDiscovery | null> {
  const sha256 = findDiscovery(store, key);
  if (sha256 === undefined) return null;
  try {
    return JSON.parse((await readContent(content, sha256)).toString('utf8')) as KeptDiscovery;
  } catch {
    return null; // lost or damaged: it is only a cache
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
  const ids = listTestData(store).filter(({ newest }) => newest.hash === key.revision);
  services.changes.emit('testData:changed', { ids: ids.map(({ id }) => id) });
}
