import { contentPath } from '@atn/content-store';
import type { EnvironmentLock } from '../../../src-shared/model/library.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { WorkbenchError } from '../../errors.ts';
import { carryOut, type WheelFile } from '../../robot/environment-orders.ts';
import { findLock, listKeptWheels, listRunsOfLocks, readDamage, saveDamage } from '../../store/environment-locks.ts';
import type { EnsureOptions } from './default-environment.ts';
import {
  announceEnvironments,
  basePython,
  keyOf,
  noLock,
  orderOptions,
  placeOf,
  rootOf,
  targetOf,
  toolsOf,
  type BuiltEnvironment,
  type EnvironmentServices,
} from './environment-services.ts';
import { findChange, noteUse, readEnvironment } from './inspect-environment.ts';
import { shareWork } from './share-work.ts';

/** The environment of a lock, verified; built when it is not there, built again when it is damaged. */
export async function useEnvironment(services: EnvironmentServices, lockHash: string, options: EnsureOptions): Promise<BuiltEnvironment> {
  const place = placeOf(services, lockHash);
  const found = services.builds.has(lockHash) ? null : readEnvironment(place);
  const isThere = found !== null && found.marker.lockHash === lockHash;
  const damage = isThere ? damageOf(services, lockHash) : null;
  if (!isThere || damage !== null) return buildEnvironment(services, { lockHash, again: damage !== null }, options);
  noteUse(place, { at: services.clock.now(), home: services.scratch });
  return { python: found.python, marker: found.marker };
}

/** What is wrong with an environment that is there, as far as sizes and times tell, or an earlier look at every file. */
export function damageOf(services: EnvironmentServices, lockHash: string): string | null {
  const known = readDamage(services.store, lockHash);
  return known?.[0] ?? findChange(placeOf(services, lockHash));
}

interface BuildRequest {
  lockHash: string;
  /** Removes what is there first. */
  again: boolean;
}

/** Builds once for all who ask at the same time; who cancels only stops waiting. */
export async function buildEnvironment(
  services: EnvironmentServices,
  { lockHash, again }: BuildRequest,
  options: EnsureOptions,
): Promise<BuiltEnvironment> {
  const lock = findLock(services.store, lockHash);
  if (lock === undefined) throw noLock();
  if (again) refuseWhileUsed(services, lockHash, 'rebuilt');
  let running = services.builds.get(lockHash);
  if (running === undefined || running.work.isOver()) {
    const begun = { note: 'Waiting to be built.', work: shareBuild(services, lock, again) };
    services.builds.set(lockHash, begun);
    running = begun;
    announceEnvironments(services);
  }
  return running.work.join(options);
}

function shareBuild(services: EnvironmentServices, lock: EnvironmentLock, again: boolean) {
  return shareWork<BuiltEnvironment, Progress>(async (signal, tell) => {
    try {
      return await build(services, lock, { again, signal, onProgress: (progress) => tell(note(services, lock.hash, progress)) });
    } finally {
      services.builds.delete(lock.hash);
      announceEnvironments(services);
    }
  });
}

function note(services: EnvironmentServices, lockHash: string, progress: Progress): Progress {
  const running = services.builds.get(lockHash);
  if (running !== undefined) running.note = sayProgress(progress);
  announceEnvironments(services);
  return progress;
}

/** For a line of text, where no bar can be drawn. */
export function sayProgress({ step, done, total }: Progress): string {
  return total === null ? step : `${done ?? 0} of ${total} packages. ${step}`;
}

async function build(
  services: EnvironmentServices,
  lock: EnvironmentLock,
  { again, ...options }: EnsureOptions & { again: boolean },
): Promise<BuiltEnvironment> {
  refuseOtherTarget(lock, targetOf(await basePython(services, options.signal)));
  const content = {
    root: rootOf(services),
    key: keyOf(lock.hash),
    lockHash: lock.hash,
    packages: lock.packages,
    files: wheelsOf(services, lock),
    again,
  };
  const tools = await toolsOf(services, options.signal);
  const built = await carryOut('install', { tools, content }, orderOptions(services, options));
  saveDamage(services.store, lock.hash, null);
  noteUse(placeOf(services, lock.hash), { at: services.clock.now(), home: services.scratch });
  return built;
}

function refuseOtherTarget(lock: EnvironmentLock, here: { pythonVersion: string; platform: string }): void {
  if (lock.pythonVersion === here.pythonVersion && lock.platform === here.platform) return;
  throw new WorkbenchError(
    'ENVIRONMENT_FAILED',
    `This lock is for Python ${lock.pythonVersion} on ${lock.platform}; here it is Python ${here.pythonVersion} on ${here.platform}. Name a Python ${lock.pythonVersion} in Settings, or solve the libraries again.`,
  );
}

/** Wheels of the lock that are kept here: of the registry, and of imported wheelhouses. */
export function wheelsOf({ store, content }: EnvironmentServices, { packages }: EnvironmentLock): WheelFile[] {
  const fitting = listKeptWheels(store, packages).filter(({ name, version, sha256, builtFrom }) =>
    packages.some((each) => each.name === name && each.version === version && each.sha256s.includes(builtFrom ?? sha256)),
  );
  const one = new Map(fitting.map((wheel) => [wheel.name, wheel]));
  return [...one.values()].map((wheel) => ({ ...wheel, path: contentPath(content, wheel.sha256) }));
}

/** Runs that are being prepared wait for it themselves; those that execute have it open. */
export function refuseWhileUsed(services: EnvironmentServices, lockHash: string, what: string): void {
  const users = listRunsOfLocks(services.store).filter((run) => run.lockHash === lockHash && IN_USE.has(run.state));
  const [first] = users;
  if (first === undefined) return;
  throw new WorkbenchError(
    'CONFLICT',
    `The environment is in use by the run ${first.name}: it cannot be ${what} now. Wait for its end, or stop it.`,
    {
      details: users.map(({ name }) => name),
    },
  );
}

const IN_USE: ReadonlySet<string> = new Set(['provisioning', 'executing', 'tearingDown', 'collecting']);
