import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Caller } from '../caller.ts';
import { importResults, type ImportedResults } from './import-results.ts';
import type { InterchangeServices } from './interchange-services.ts';

interface Upload {
  file: { name: string; stream(): unknown };
  caller: Caller;
  signal?: AbortSignal | undefined;
}

/** A result file that came over the wire: written to scratch, taken in, and gone from there whatever happened. */
export async function importUploadedResults(
  services: InterchangeServices,
  { file, caller, signal = new AbortController().signal }: Upload,
): Promise<ImportedResults> {
  await mkdir(services.scratch, { recursive: true });
  const folder = await mkdtemp(join(services.scratch, 'upload-'));
  try {
    const path = join(folder, basename(file.name) || 'output.xml');
    const stream = Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(stream, createWriteStream(path), { signal });
    const { imported, known, refused } = await importResults(services, path, {
      caller,
      signal,
      onProgress: () => undefined,
      from: file.name,
    });
    const shown = <Each extends { path: string }>(each: Each): Each => ({ ...each, path: file.name });
    return { imported: imported.map(shown), known, refused: refused.map(shown) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
