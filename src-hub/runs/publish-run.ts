import { has, put, sizeOf } from '@atn/content-store';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunManifest, type ManifestAnswer } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import { findRemoteRun, updateRemoteRun, type RemoteRunRow } from '../store/runs.ts';
import type { HubRunServices } from './run-services.ts';

/** Bytes of all files of one run. */
const MOST_BYTES = 50_000_000_000;
/** So many are asked for at once. */
const MOST_ASKED = 200;

interface Of {
  harnessId: string;
  id: string;
}

/** Takes what a run came to, and says what of it is not here. When that is nothing the run is published, for ever. */
export async function takeManifest(services: HubRunServices, { harnessId, id }: Of, manifest: RunManifest): Promise<ManifestAnswer> {
  const row = await needRun(services, { harnessId, id });
  if (row.published_at !== null) return { missing: [], published: true };
  if (row.state !== 'ended') throw new HubError('CONFLICT', 'The hub has not heard that this run has ended.');
  if (manifest.files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES)
    throw new HubError('BAD_REQUEST', 'The report of this run is too large for the hub.');
  const missing: ManifestAnswer['missing'] = [];
  for (const [sha256, size] of new Map(manifest.files.map((file) => [file.sha256, file.size]))) {
    if (missing.length >= MOST_ASKED) break;
    if ((await sizeOf(services.content, sha256)) !== size) missing.push({ sha256, received: await sizeOfPart(services, sha256) });
  }
  const published_at = missing.length === 0 ? services.now() : null;
  await updateRemoteRun(services.store, id, { manifest: JSON.stringify(manifest), published_at });
  if (published_at === null) return { missing, published: false };
  services.notices.tell(id, 'run');
  services.notices.tell(id, 'record');
  services.records.closeIn(join(services.folder, id));
  await rm(join(services.folder, id), { recursive: true, force: true });
  return { missing: [], published: true };
}

/** Adds to a file behind what is there of it. CONFLICT: that is another place, or the whole is not what its hash says. */
export async function takeFile(
  services: HubRunServices,
  { harnessId, id, sha256, offset }: Of & { sha256: string; offset: number },
  bytes: Readable,
): Promise<void> {
  const { manifest } = await needRun(services, { harnessId, id });
  const known = manifest === null ? [] : RunManifest.parse(JSON.parse(manifest)).files;
  const wanted = known.find((file) => file.sha256 === sha256);
  if (wanted === undefined) throw new HubError('NOT_FOUND', 'No file with this hash belongs to the run.');
  if (await has(services.content, sha256)) return void bytes.resume();
  const part = partOf(services, sha256);
  await mkdir(join(services.folder, '.incoming'), { recursive: true });
  if (offset !== (await sizeOfPart(services, sha256))) throw new HubError('CONFLICT', 'This is not where the file goes on.');
  await pipeline(bytes, limited(wanted.size - offset), createWriteStream(part, { flags: 'a' }));
  if ((await sizeOfPart(services, sha256)) < wanted.size) return;
  try {
    await put(services.content, part, { expected: sha256 });
  } catch (error) {
    throw new HubError('CONFLICT', 'What came is not what its hash says. Send it again.', { cause: error });
  } finally {
    await rm(part, { force: true });
  }
}

/** The run, for the harness that it was asked of. */
async function needRun({ store }: HubRunServices, { harnessId, id }: Of): Promise<RemoteRunRow> {
  const row = await findRemoteRun(store, id);
  if (row === undefined || row.harness_id !== harnessId) throw new HubError('NOT_FOUND', 'This run does not exist here.');
  return row;
}

const partOf = ({ folder }: HubRunServices, sha256: string): string => join(folder, '.incoming', sha256);

async function sizeOfPart(services: HubRunServices, sha256: string): Promise<number> {
  return (await stat(partOf(services, sha256)).catch(() => null))?.size ?? 0;
}

/** Passes so many bytes on and fails at one more. */
function limited(most: number) {
  return async function* (source: AsyncIterable<Buffer>) {
    let left = most;
    for await (const chunk of source) {
      left -= chunk.length;
      if (left < 0) throw new HubError('BAD_REQUEST', 'This is more than the file has.');
      yield chunk;
    }
  };
}
