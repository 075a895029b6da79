import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Sha256 } from '../../../../src-shared/model/text.ts';
import { CONTENT_PATH } from '../../../../src-shared/protocol/messages.ts';
import { WorkbenchError } from '../../../errors.ts';
import { findHub } from '../../../store/hub.ts';
import { listOpenHubRuns } from '../../../store/hub-runs.ts';
import type { HubServices } from '../hub-services.ts';

export interface Fetching {
  session: string;
  signal: AbortSignal;
}

const turns = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Several runs may want the same at once: the first fetches it, the others find it. */
export async function inTurn<T>(store: object, sha256: string, work: () => Promise<T>): Promise<T> {
  const mine = turns.get(store) ?? new Map<string, Promise<unknown>>();
  turns.set(store, mine);
  const turn = (mine.get(sha256) ?? Promise.resolve()).then(work, work);
  const settled = turn.catch(() => undefined);
  mine.set(sha256, settled);
  try {
    return await turn;
  } finally {
    if (mine.get(sha256) === settled) mine.delete(sha256);
  }
}

/**
 * Fetches a content of the hub, hands its file to `take`, and removes it. It lies by its hash: what a crash or a lost link has cut off goes
 * on where it was. Throws CONFLICT when it is not what was asked for.
 */
export async function withContent<T>(
  services: HubServices,
  { sha256, size, fileName }: { sha256: string; size: number; fileName: string },
  { session, signal, take }: Fetching & { take: (file: string) => Promise<T> },
): Promise<T> {
  const hub = findHub(services.store);
  if (hub === undefined) throw new WorkbenchError('HUB_OFFLINE', 'The lab has left the hub.');
  const folder = join(services.arriving, sha256);
  await mkdir(folder, { recursive: true });
  const file = join(folder, fileName);
  const { fetchFile } = await services.wire();
  await fetchFile(`${hub.url}${CONTENT_PATH}/${sha256}`, { harnessId: hub.harness_id, session }, { file, size, signal });
  try {
    if ((await hashOf(file)) !== sha256)
      throw new WorkbenchError('CONFLICT', 'What came from the hub is not what was asked for: its hash differs. Run it again.');
    return await take(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what half came for runs that do not wait for it any more: they were stopped or refused. */
export async function sweepArriving({ store, arriving }: Pick<HubServices, 'store' | 'arriving'>): Promise<void> {
  const there = (await readdir(arriving).catch((): string[] => [])).filter((name) => Sha256.safeParse(name).success);
  const isAwaited = (name: string) =>
    listOpenHubRuns(store).some(({ run_id: run, refused, wish }) => run === null && refused === null && wish?.includes(name) === true);
  for (const name of there) if (!isAwaited(name)) await rm(join(arriving, name), { recursive: true, force: true });
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
