import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CONTENT_PATH } from '../../../../src-shared/protocol/messages.ts';
import type { Mail } from '../../../../src-shared/protocol/items.ts';
import { WorkbenchError } from '../../../errors.ts';
import { findHub } from '../../../store/hub.ts';
import { findHubContent, saveHubContent } from '../../../store/hub-runs.ts';
import { remoteName, type HubServices } from '../hub-services.ts';

type Wish = Extract<Mail, { kind: 'run.request' }>['body'];

/** The test data of a wish, as they are here: fetched by their hash unless they came before. */
export async function fetchTestData(
  services: HubServices,
  { testData, user }: Pick<Wish, 'testData' | 'user'>,
  { session, signal }: { session: string; signal: AbortSignal },
): Promise<{ testDataId: string; revision: string }> {
  const { store, remoteRuns, scratch } = services;
  const known = findHubContent(store, testData.sha256);
  if (known !== undefined && remoteRuns.hasRevision(known.testDataId, known.revision)) return known;
  const hub = findHub(store);
  if (hub === undefined) throw new WorkbenchError('HUB_OFFLINE', 'The lab has left the hub.');
  // Named by its hash: what a crash or a lost link has cut off goes on where it was.
  const folder = join(scratch, 'from-hub');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${testData.sha256}.zip`);
  const { fetchFile } = await services.wire();
  const shown = { harnessId: hub.harness_id, session };
  await fetchFile(`${hub.url}${CONTENT_PATH}/${testData.sha256}`, shown, { file, size: testData.size, signal });
  try {
    if ((await hashOf(file)) !== testData.sha256)
      throw new WorkbenchError('CONFLICT', 'What came from the hub is not what was asked for: its hash differs. Run it again.');
    const who = remoteName(user, hub.url);
    const host = new URL(hub.url).host;
    const imported = await remoteRuns.importZip(
      { path: file, name: `${testData.name} (${host})`.slice(0, 200), place: `${testData.name}.zip` },
      { user: who, origin: 'hub' },
    );
    saveHubContent(store, testData.sha256, imported);
    return imported;
  } finally {
    await rm(file, { force: true });
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
