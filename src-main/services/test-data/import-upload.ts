import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WorkbenchError } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { contentProblem } from './content-problem.ts';
import { importTestData, type Imported } from './import-test-data.ts';
import { pathProblem, sayPath } from './path-rules.ts';
import type { TestDataServices } from './test-data-services.ts';

interface UploadRequest {
  file: { name: string; stream(): unknown };
  name?: string | undefined;
  caller: Caller;
  signal?: AbortSignal | undefined;
}

/** A zip or a suite file that came over the wire: written to scratch, imported, and gone from there whatever happened. */
export async function importUpload(
  services: TestDataServices,
  { file, name, caller, signal = new AbortController().signal }: UploadRequest,
): Promise<Imported> {
  if (pathProblem(file.name) !== null || file.name.includes('/')) {
    throw new WorkbenchError('BAD_REQUEST', `"${sayPath(file.name)}" cannot be the name of a file. Rename it and try again.`);
  }
  const folder = await mkdtemp(join(services.scratch, 'upload-'));
  try {
    const path = join(folder, file.name);
    await pipeline(Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path), { signal });
    return await importTestData(services, {
      path,
      name,
      source: { kind: /\.zip$/iu.test(file.name) ? 'zip' : 'file', place: file.name },
      caller,
      signal,
      onProgress: () => undefined,
    });
  } catch (error) {
    throw contentProblem(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
