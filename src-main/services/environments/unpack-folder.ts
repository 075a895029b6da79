import { randomUUID } from 'node:crypto';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoundLibrary } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import { materialiseRevision } from '../test-data/materialise-revision.ts';
import { readRevision } from '../test-data/read-revision.ts';
import { cacheOf, type EnvironmentServices } from './environment-services.ts';

/** Writes a folder of modules out once for all runs, and holds every file against its hash each time: such folders are small. */
export async function unpackFolder(services: EnvironmentServices, library: BoundLibrary, signal?: AbortSignal): Promise<string> {
  const { sha256 } = library;
  if (sha256 === null) throw new WorkbenchError('INTERNAL', `${library.name} is bound to no content.`);
  const root = join(cacheOf(services), 'folders');
  const place = join(root, sha256.slice(0, 24));
  if (await isWhole(services, place, sha256)) return place;
  await rm(place, { recursive: true, force: true });
  const building = join(root, `.building-${randomUUID()}`);
  await mkdir(building, { recursive: true });
  try {
    await materialiseRevision(services.content, { revision: sha256, folder: building, signal });
    await rename(building, place).catch(async (error: unknown) => {
      // Somebody else was first.
      if (!(await isWhole(services, place, sha256))) throw error;
    });
    return place;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function isWhole(services: EnvironmentServices, place: string, sha256: string): Promise<boolean> {
  if (!existsSync(place)) return false;
  for (const file of await readRevision(services.content, sha256)) {
    const bytes = await readFile(join(place, file.path)).catch(() => null);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== file.sha256) return false;
  }
  return true;
}
