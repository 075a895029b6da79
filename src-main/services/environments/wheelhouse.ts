import { put } from '@atn/content-store';
import { mkdtemp, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { EnvironmentLock } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import { carryOut } from '../../robot/environment-orders.ts';
import { findLock, saveKeptWheel, saveLock } from '../../store/environment-locks.ts';
import { wheelsOf } from './build-environment.ts';
import type { EnsureOptions } from './default-environment.ts';
import { announceEnvironments, noLock, orderOptions, toolsOf, type EnvironmentServices } from './environment-services.ts';
import { isWhole } from './lock-hash.ts';

interface ExportRequest {
  lockHash: string;
  path: string;
}

/** Fetches every wheel of a lock and writes them with it into one zip. Throws CONFLICT when the file is there already. */
export async function exportWheelhouse(
  services: EnvironmentServices,
  { lockHash, path }: ExportRequest,
  options: EnsureOptions = {},
): Promise<{ path: string; size: number; wheels: number }> {
  const lock = findLock(services.store, lockHash);
  if (lock === undefined) throw noLock();
  if (!isAbsolute(path)) throw new WorkbenchError('BAD_REQUEST', `${path} is not a whole path. Begin it at the root.`);
  const content = { path, lock, packages: lock.packages, files: wheelsOf(services, lock) };
  const tools = await toolsOf(services, options.signal);
  return { path, ...(await carryOut('export', { tools, content }, orderOptions(services, options))) };
}

/** Takes the wheels into this home: an environment of their lock needs no index then. Throws ARCHIVE_REFUSED, ENVIRONMENT_FAILED. */
export async function importWheelhouse(
  services: EnvironmentServices,
  { path }: { path: string },
  options: EnsureOptions = {},
): Promise<EnvironmentLock> {
  if (!isAbsolute(path)) throw new WorkbenchError('BAD_REQUEST', `${path} is not a whole path. Begin it at the root.`);
  const target = await mkdtemp(join(services.scratch, 'wheelhouse-'));
  try {
    const tools = await toolsOf(services, options.signal);
    const { lock, wheels } = await carryOut('import', { tools, content: { path, target } }, orderOptions(services, options));
    const parsed = EnvironmentLock.safeParse(lock);
    if (!parsed.success || !isWhole(parsed.data)) {
      throw new WorkbenchError('ARCHIVE_REFUSED', 'The lock in this wheelhouse is not what its own hash says: it was changed or damaged.');
    }
    for (const wheel of wheels) await put(services.content, wheel.path, { expected: wheel.sha256 });
    services.store.transaction(() => {
      saveLock(services.store, { ...parsed.data, solvedBy: 'import', madeAt: services.clock.now() });
      for (const wheel of wheels) saveKeptWheel(services.store, wheel);
    })();
    announceEnvironments(services);
    return findLock(services.store, parsed.data.hash) ?? parsed.data;
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}
