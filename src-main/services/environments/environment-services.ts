import type { ContentStore } from '@atn/content-store';
import { dirname, join } from 'node:path';
import type { Progress, Settings } from '../../../src-shared/model/system.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { EnvironmentMarker, OrderOptions, OrderTools } from '../../robot/environment-orders.ts';
import { findPython, type FoundPython } from '../../robot/find-python.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { EnsureOptions, Environments } from './default-environment.ts';
import { environmentsFolder } from './environments-folder.ts';
import type { LockTarget } from './lock-hash.ts';
import type { SharedWork } from './share-work.ts';

export interface BuiltEnvironment {
  python: string;
  marker: EnvironmentMarker;
}

/** One build for all who ask for the same lock, and how far it is. */
export interface RunningBuild {
  work: SharedWork<BuiltEnvironment, Progress>;
  note: string;
}

/** What locked environments are made with; `createLibraryEnvironments` makes it. */
export interface EnvironmentServices {
  store: WritableStore;
  content: ContentStore;
  changes: Changes;
  clock: Clock;
  /** resources/robot */
  scripts: string;
  /** Files in the making. */
  scratch: string;
  settings: () => Pick<Settings, 'pythonPath' | 'packageIndexUrl' | 'packageFolders' | 'uvPath' | 'robotVersion'>;
  /** The environment of an empty set. */
  defaults: Environments;
  variables: NodeJS.ProcessEnv;
  /** The uv to take where there is none on the PATH. */
  uvElse: string | null;
  /** Which tool solves and installs; null: uv where it is found. */
  how: 'uv' | 'pip' | null;
  builds: Map<string, RunningBuild>;
  /** The Pythons that were asked for their version, by path. */
  pythons: Map<string, FoundPython>;
}

/** All environments of this user, in one folder. */
export function rootOf({ variables }: EnvironmentServices): string {
  return environmentsFolder(variables);
}

/** The folder of one environment; short, for some systems allow few letters in a path. */
export function placeOf(services: EnvironmentServices, lockHash: string): string {
  return join(rootOf(services), keyOf(lockHash));
}

export function keyOf(lockHash: string): string {
  return lockHash.slice(0, 24);
}

/** What was fetched: it may be removed at any time. */
export function cacheOf(services: EnvironmentServices): string {
  return dirname(rootOf(services));
}

/** The Python that environments are based on: the one of Settings, of ATN_PYTHON, or the first on the PATH. */
export async function basePython(services: EnvironmentServices, signal?: AbortSignal): Promise<FoundPython> {
  const chosen = chosenPython(services);
  const known = services.pythons.get(chosen);
  if (known !== undefined) return known;
  const found = await findPython(signal, chosen === '' ? undefined : chosen);
  services.pythons.set(chosen, found);
  return found;
}

/** The same, as far as it was looked for already. */
export function knownPython(services: EnvironmentServices): FoundPython | undefined {
  return services.pythons.get(chosenPython(services));
}

/** Empty: the first on the PATH. */
function chosenPython({ settings, variables }: EnvironmentServices): string {
  return settings().pythonPath ?? variables['ATN_PYTHON'] ?? '';
}

export function targetOf({ version }: FoundPython): LockTarget {
  return { pythonVersion: version.split('.').slice(0, 2).join('.'), platform: `${process.platform}-${process.arch}` };
}

export async function toolsOf(services: EnvironmentServices, signal?: AbortSignal): Promise<OrderTools> {
  const { packageIndexUrl, packageFolders, uvPath } = services.settings();
  const { python } = await basePython(services, signal);
  return {
    scripts: services.scripts,
    python,
    cache: cacheOf(services),
    uv: uvPath,
    uvElse: services.uvElse,
    how: services.how,
    index: packageIndexUrl,
    folders: packageFolders,
  };
}

/** How far a tool is, as every long work says it. */
export function orderOptions({ clock }: EnvironmentServices, { signal, onProgress }: EnsureOptions): OrderOptions {
  return {
    signal,
    onProgress: ({ message, done, total }) =>
      onProgress?.({ step: message, done, total, unit: total === null ? 'none' : 'packages', at: clock.now() }),
  };
}

export function announceEnvironments({ changes }: EnvironmentServices): void {
  changes.emit('environments:changed', {});
}

export function noLock(): WorkbenchError {
  return new WorkbenchError('NOT_FOUND', 'There is no such lock in this home. Solve the libraries again, or import the wheelhouse of it.');
}
