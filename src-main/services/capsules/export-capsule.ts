import { contentPath } from '@atn/content-store';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Progress } from '../../../src-shared/model/system.ts';
import { WorkbenchError } from '../../errors.ts';
import { runFolder } from '../../robot/run-files.ts';
import { findRun, type RunRow } from '../../store/runs.ts';
import { exportWheelhouse } from '../environments/wheelhouse.ts';
import { listArtefacts } from '../reports/list-artefacts.ts';
import { saveExport } from '../reports/save-export.ts';
import { readRevision } from '../test-data/read-revision.ts';
import { BLOBS, DATA, MANIFEST, MANIFEST_HASH, REPORT, WHEELS, type CapsuleMember } from './capsule-file.ts';
import type { CapsuleServices } from './capsule-services.ts';
import { describeRun, lockOf } from './describe-run.ts';

export interface ExportRequest {
  id: string;
  path: string;
  overwrite: boolean;
  /** With the wheels of the lock, so that it can be run where no index is. */
  wheels: boolean;
}

interface LongOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** A file of the capsule and where it is now. */
interface Source extends CapsuleMember {
  file: string;
}

/** Larger files go in as they are: a record packs so well that whoever unpacks it would take it for an attack. */
const PACKED_UP_TO = 4 * 1024 * 1024;

/** Writes an ended run with everything that it needs to be shown and run elsewhere into one zip. Throws CONFLICT, NOT_FOUND, DISK_FULL, CANCELLED. */
export async function exportCapsule(
  services: CapsuleServices,
  request: ExportRequest,
  options: LongOptions,
): Promise<{ path: string; size: number }> {
  const row = findRun(services.runs.store, request.id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
  if (row.state !== 'ended') throw new WorkbenchError('CONFLICT', 'This run is not ended. Wait for its end, or stop it.');
  const scratch = await mkdtemp(join(services.scratch, 'capsule-'));
  try {
    const say = (step: string) => options.onProgress({ step, done: null, total: null, unit: 'none', at: services.runs.clock.now() });
    say('Looking what the run needs');
    const lock = await lockOf(services, row, { wheels: request.wheels, signal: options.signal });
    const described = describeRun(services, row, { lock, wheels: request.wheels });
    const wheels = request.wheels && lock !== null ? join(scratch, WHEELS) : null;
    if (wheels !== null && lock !== null) await exportWheelhouse(services.environments, { lockHash: lock.hash, path: wheels }, options);
    say('Taking the files together');
    const blobs = described.libraries.flatMap(({ contents }) => contents);
    const sources = [
      ...(await dataFiles(services, row)),
      ...(await Promise.all([...new Set(blobs)].map((sha256) => blobFile(services, sha256)))),
      ...(await reportFiles(services, row)),
      ...(wheels === null ? [] : [await hashed(WHEELS, wheels)]),
    ];
    options.signal.throwIfAborted();
    say('Writing the capsule');
    const files = sources.map(({ path, size, sha256, executable }): CapsuleMember => ({ path, size, sha256, executable }));
    const manifest = Buffer.from(JSON.stringify({ ...(await described.complete()), files }, null, 1));
    return await saveExport(
      { fileName: '', file: null, open: () => Promise.resolve(zipOf(manifest, sources, options.signal)) },
      request.path,
      request.overwrite,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function dataFiles({ content }: CapsuleServices, { revision }: RunRow): Promise<Source[]> {
  const files = await readRevision(content, revision);
  return files.map(({ path, size, sha256, executable }) => ({
    path: `${DATA}${path}`,
    size,
    sha256,
    executable,
    file: contentPath(content, sha256),
  }));
}

async function blobFile({ content }: CapsuleServices, sha256: string): Promise<Source> {
  const file = contentPath(content, sha256);
  return { path: `${BLOBS}${sha256}`, size: (await stat(file)).size, sha256, executable: false, file };
}

/** The record of a run that has ended is one file, sealed when it was collected. */
async function reportFiles(services: CapsuleServices, { id }: RunRow): Promise<Source[]> {
  const { output } = runFolder(join(services.runs.runsFolder, id));
  const sources: Source[] = [];
  for (const { path } of await listArtefacts(output)) sources.push(await hashed(`${REPORT}${path}`, join(output, path)));
  return sources;
}

async function hashed(path: string, file: string): Promise<Source> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { path, size, sha256: hash.digest('hex'), executable: false, file };
}

function zipOf(manifest: Buffer, sources: readonly Source[], signal: AbortSignal): PassThrough {
  const zip = new ZipFile();
  const output = new PassThrough();
  const stop = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  signal.addEventListener('abort', () => stop(new WorkbenchError('CANCELLED')), { once: true });
  zip.on('error', stop);
  zip.addBuffer(manifest, MANIFEST);
  zip.addBuffer(Buffer.from(`${createHash('sha256').update(manifest).digest('hex')}\n`), MANIFEST_HASH);
  for (const { path, file, size, executable } of sources)
    zip.addReadStreamLazy(path, { mode: executable ? 0o100755 : 0o100644, compress: size <= PACKED_UP_TO }, (answer) =>
      answer(null, createReadStream(file).on('error', stop)),
    );
  zip.end();
  zip.outputStream.pipe(output);
  return output;
}
