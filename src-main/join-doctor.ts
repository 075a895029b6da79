import { join } from 'node:path';
import type { Changes } from './changes.ts';
import type { HarnessClock } from './clock.ts';
import { doctorChecks } from './services/doctor/checks.ts';
import { imageBudget, servingAddress } from './services/doctor/image-checks.ts';
import { examine } from './services/doctor/examine.ts';
import { createEnvironments } from './services/environments/default-environment.ts';
import type { HomeLayout } from './services/home/layout.ts';
import type { SecretStore } from './services/secrets/secret-store.ts';
import type { SettingsService } from './services/settings/settings.ts';
import { createSystemStatus } from './services/system/system-status.ts';
import type { ReadableStore } from './store/handle.ts';

interface Joined {
  store: ReadableStore;
  changes: Changes;
  clock: HarnessClock;
  settings: SettingsService;
  secrets: SecretStore;
  layout: HomeLayout;
  resources: string;
}

/** The default environment of runs, and what looks after this computer: the status line and the doctor. */
export function joinDoctor({ store, changes, clock, settings, secrets, layout, resources }: Joined) {
  const scripts = join(resources, 'robot');
  const pythonPath = () => settings.read().pythonPath;
  const environments = createEnvironments({
    scripts,
    clock,
    pythonPath,
    robotVersion: () => settings.read().robotVersion,
    onFound: () => changes.emit('system:changed', {}),
  });
  const status = createSystemStatus({ store, changes, settings, environments, home: layout.home });
  const chosen = () => settings.read();
  const checks = [
    ...doctorChecks({ store, environments, secrets, home: layout.home, resources, pythonPath }),
    ...[imageBudget(store, chosen), servingAddress(chosen)],
  ];
  const doctor = async (signal?: AbortSignal) => {
    const found = await examine(checks, { signal });
    status.tookDoctor(found);
    return found;
  };
  return { scripts, environments, status, doctor };
}
