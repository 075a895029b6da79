import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WorkbenchError } from '../../errors.ts';
import { contentProblem } from '../test-data/content-problem.ts';
import type { AddOptions } from './add-file.ts';
import { addPath } from './add-library.ts';
import type { Added } from './keep-library.ts';
import type { LibraryServices } from './library-services.ts';

/** A wheel or source distribution that came over the wire: written to scratch, and gone from there whatever happens. */
export async function addUpload(services: LibraryServices, file: { name: string; stream(): unknown }, options: AddOptions): Promise<Added> {
  if (!/^[A-Za-z0-9][\w.+!-]*$/u.test(file.name)) {
    throw new WorkbenchError('BAD_REQUEST', 'A wheel or source distribution has a plain file name, as its builder gave it.');
  }
  const folder = await mkdtemp(join(services.scratch, 'upload-'));
  try {
    const path = join(folder, basename(file.name));
    const bytes = Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(bytes, createWriteStream(path), { signal: options.signal });
    return await addPath(services, { path }, options);
  } catch (error) {
    throw contentProblem(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
