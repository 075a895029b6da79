import { join } from 'node:path';
import type { Changes } from './changes.ts';
import type { HarnessClock } from './clock.ts';
import { createEnvironments } from './services/environments/default-environment.ts';
import type { HomeLayout } from './services/home/layout.ts';
import type { SettingsService } from './services/settings/settings.ts';
import { createSystemStatus } from './services/system/system-status.ts';
import type { ReadableStore } from './store/handle.ts';

interface Joined {
  store: ReadableStore;
  changes: Changes;
  clock: HarnessClock;
  settings: SettingsService;
  layout: HomeLayout;
  resources: string;
}

/** The default environment of runs, and the status line. */
export function joinEnvironment({ store, changes, clock, settings, layout, resources }: Joined) {
  const scripts = join(resources, 'robot');
  const environments = createEnvironments({
    scripts,
    clock,
    pythonPath: () => settings.read().pythonPath,
    robotVersion: () => settings.read().robotVersion,
    onFound: () => changes.emit('system:changed', {}),
  });
  const status = createSystemStatus({ store, changes, settings, environments, home: layout.home });
  return { scripts, environments, status };
}
