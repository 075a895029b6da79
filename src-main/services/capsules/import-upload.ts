import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Caller } from '../caller.ts';
import type { CapsuleServices } from './capsule-services.ts';
import { importCapsule, type ImportedCapsule } from './import-capsule.ts';

interface Upload {
  file: { stream(): unknown };
  caller: Caller;
  signal?: AbortSignal | undefined;
}

/** A capsule that came over the wire: written to scratch, taken in, and gone from there whatever happened. */
export async function importUploadedCapsule(
  services: CapsuleServices,
  { file, caller, signal = new AbortController().signal }: Upload,
): Promise<ImportedCapsule> {
  const folder = await mkdtemp(join(services.scratch, 'upload-'));
  try {
    const path = join(folder, 'capsule.zip');
    const stream = Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(stream, createWriteStream(path), { signal });
    return await importCapsule(services, path, { caller, signal, onProgress: () => undefined });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
