import { contentPath } from '@atn/content-store';
import type { BoundLibrary, EnvironmentLock, LockedPackage } from '../../../src-shared/model/library.ts';
import { normalName } from '../../../src-shared/text/package-name.ts';
import { WorkbenchError } from '../../errors.ts';
import { carryOut, type WheelFile } from '../../robot/environment-orders.ts';
import { findLockOfSet, saveKeptWheel, saveLock, saveLockOfSet } from '../../store/environment-locks.ts';
import { findWheelName } from '../../store/libraries.ts';
import type { EnsureOptions } from './default-environment.ts';
import {
  announceEnvironments,
  basePython,
  knownPython,
  orderOptions,
  targetOf,
  toolsOf,
  type EnvironmentServices,
} from './environment-services.ts';
import { lockHash, setKey, type LockTarget } from './lock-hash.ts';

interface LockRequest {
  libraries: readonly BoundLibrary[];
  /** Solves anew, also when this set was solved before. */
  refresh?: boolean;
}

/** Robot Framework is part of every lock, at the version of Settings unless the set has one of its own. Throws LOCK_FAILED, INDEX_UNREACHABLE. */
export async function lockSet(
  services: EnvironmentServices,
  { libraries, refresh = false }: LockRequest,
  options: EnsureOptions = {},
): Promise<EnvironmentLock> {
  const { packageIndexUrl: index, packageFolders: folders, robotVersion } = services.settings();
  const target = targetOf(await basePython(services, options.signal));
  const key = setKey({ libraries, robotVersion, index, folders, ...target });
  const known = refresh ? undefined : findLockOfSet(services.store, key);
  if (known !== undefined) return known;
  const { lock, wheels } = await solve(services, { libraries, target, robotVersion }, options);
  services.store.transaction(() => {
    saveLock(services.store, lock);
    // A lock outlives the library that it was made with.
    for (const wheel of wheels) saveKeptWheel(services.store, wheel);
    saveLockOfSet(services.store, key, lock.hash);
  })();
  announceEnvironments(services);
  return lock;
}

/** The hash of the lock that a set was solved to before; never solves, and knows nothing before a Python was looked for. */
export function knownLockOf(services: EnvironmentServices, libraries: readonly BoundLibrary[]): string | undefined {
  const python = knownPython(services);
  if (python === undefined || libraries.every(({ source }) => source === 'folder')) return undefined;
  const { packageIndexUrl: index, packageFolders: folders, robotVersion } = services.settings();
  return findLockOfSet(services.store, setKey({ libraries, robotVersion, index, folders, ...targetOf(python) }))?.hash;
}

interface Wanted {
  libraries: readonly BoundLibrary[];
  target: LockTarget;
  robotVersion: string;
}

async function solve(
  services: EnvironmentServices,
  wanted: Wanted,
  options: EnsureOptions,
): Promise<{ lock: EnvironmentLock; wheels: WheelFile[] }> {
  const installed = wanted.libraries.filter(({ source }) => source !== 'folder');
  const ownRobot = installed.some(({ name }) => normalName(name) === 'robotframework');
  const requirements = installed.flatMap(({ requirement }) => requirement ?? []);
  const content = {
    requirements: ownRobot ? requirements : [`robotframework==${wanted.robotVersion}`, ...requirements],
    files: installed.flatMap((library) => wheelOf(services, library) ?? []),
  };
  const tools = await toolsOf(services, options.signal);
  const { packages, how } = await carryOut('lock', { tools, content }, orderOptions(services, options));
  const facts = { robotVersion: robotIn(packages), ...wanted.target, packages, solvedBy: how, madeAt: services.clock.now() };
  return { lock: { hash: lockHash(packages, wanted.target), ...facts }, wheels: content.files };
}

/** The wheel of the registry; null for what comes from the index. */
function wheelOf({ store, content }: EnvironmentServices, { name, version, sha256 }: BoundLibrary): WheelFile | null {
  if (sha256 === null) return null;
  const fileName = findWheelName(store, sha256);
  if (fileName === undefined) throw new WorkbenchError('NOT_FOUND', `${name} ${version} is not in the registry any more. Add it again.`);
  return { name: normalName(name), version, fileName, path: contentPath(content, sha256), sha256, builtFrom: null };
}

function robotIn(packages: readonly LockedPackage[]): string {
  const robot = packages.find(({ name }) => name === 'robotframework');
  if (robot === undefined) throw new WorkbenchError('LOCK_FAILED', 'Robot Framework is not part of what was solved.');
  return robot.version;
}
