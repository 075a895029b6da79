import type { BoundLibrary, LockedPackage } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import { findLock } from '../../store/environment-locks.ts';
import { useEnvironment } from './build-environment.ts';
import type { EnsureOptions } from './default-environment.ts';
import type { EnvironmentServices } from './environment-services.ts';
import { lockSet } from './lock-set.ts';
import { unpackFolder } from './unpack-folder.ts';

export interface EnvironmentSet {
  libraries: readonly BoundLibrary[];
  /** The lock that the set was solved to before: exactly that one again. Null: solved now, or as the same set was. */
  lockHash: string | null;
}

export interface UsableEnvironment {
  python: string;
  robotVersion: string;
  pythonVersion: string;
  /** Null: the default environment, which has Robot Framework alone or whatever the person has put there. */
  lockHash: string | null;
  packages: LockedPackage[];
  /** Folders of modules, first one first. */
  pythonPath: string[];
}

/**
 * The environment of a set of libraries, whatever has to be solved, fetched and built for it. Cancelling leaves what was fetched. Throws
 * LOCK_FAILED, INDEX_UNREACHABLE, ENVIRONMENT_FAILED, DISK_FULL, CANCELLED, PYTHON_MISSING, ROBOT_MISSING, ROBOT_TOO_OLD.
 */
export async function ensureEnvironment(
  services: EnvironmentServices,
  { libraries, lockHash }: EnvironmentSet,
  options: EnsureOptions = {},
): Promise<UsableEnvironment> {
  const folders = libraries.filter(({ source }) => source === 'folder');
  const pythonPath = await Promise.all(folders.map((library) => unpackFolder(services, library, options.signal)));
  if (lockHash === null && folders.length === libraries.length) {
    return { ...(await services.defaults.ensureDefault(options)), lockHash: null, packages: [], pythonPath };
  }
  const hash = lockHash ?? (await lockSet(services, { libraries }, options)).hash;
  const { python, marker } = await useEnvironment(services, hash, options);
  if (marker.robot === null) throw new WorkbenchError('ENVIRONMENT_FAILED', 'Robot Framework is not in this environment. Rebuild it.');
  const packages = findLock(services.store, hash)?.packages ?? marker.packages;
  return { python, robotVersion: marker.robot, pythonVersion: marker.python, lockHash: hash, packages, pythonPath };
}
