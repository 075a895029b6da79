import type { Changes } from './changes.ts';
import type { Log } from './log.ts';
import type { Environments } from './services/environments/default-environment.ts';
import type { SettingsService } from './services/settings/settings.ts';
import type { SystemStatusService } from './services/system/system-status.ts';

interface BackgroundServices {
  changes: Changes;
  log: Log;
  settings: SettingsService;
  environments: Environments;
  status: SystemStatusService;
  doctor: (signal: AbortSignal) => Promise<unknown>;
}

/** The first seconds belong to the window, and a short command of `atn` is over before anything of this begins. */
const FIRST_MS = 2000;
const DISK_EVERY_MS = 30_000;

/** What nobody has to wait for: the environment is made ready for the first run, the doctor looks once, the disk again and again. */
export function startBackground(services: BackgroundServices): { stop: () => void } {
  const leaving = new AbortController();
  const prepare = () => {
    services.environments
      .ensureDefault({ signal: leaving.signal })
      .catch((error: unknown) =>
        services.log.warn('no environment is ready for runs', { reason: error instanceof Error ? error.message : String(error) }),
      )
      .then(() => (leaving.signal.aborted ? undefined : services.doctor(leaving.signal)))
      .catch((error: unknown) => services.log.error('the doctor could not look', error));
  };
  const choice = () => {
    const { pythonPath, robotVersion } = services.settings.read();
    return JSON.stringify([pythonPath, robotVersion]);
  };
  let last = choice();
  const stopListening = services.changes.on('system:changed', () => {
    const now = choice();
    if (now === last) return;
    last = now;
    prepare();
  });
  const first = setTimeout(prepare, FIRST_MS).unref();
  const disk = setInterval(() => void services.status.refreshDisk(), DISK_EVERY_MS).unref();
  void services.status.refreshDisk();
  return {
    stop: () => {
      leaving.abort();
      stopListening();
      clearTimeout(first);
      clearInterval(disk);
    },
  };
}
