import { statfs } from 'node:fs/promises';
import type { DoctorCheck } from '../../../src-shared/model/doctor.ts';
import type { SystemStatus } from '../../../src-shared/model/system.ts';
import type { Changes } from '../../changes.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { readSystemCounts } from '../../store/system-counts.ts';
import type { Environments } from '../environments/default-environment.ts';
import type { SettingsService } from '../settings/settings.ts';

interface StatusServices {
  store: ReadableStore;
  changes: Changes;
  settings: SettingsService;
  environments: Environments;
  home: string;
}

export interface SystemStatusService {
  read(): SystemStatus;
  /** Looks at the disk again, and says so when it changed by more than a reader would overlook. */
  refreshDisk(): Promise<void>;
  tookDoctor(checks: readonly DoctorCheck[]): void;
}

/** Free space is told in steps of this many bytes, so that a run that writes does not make the status bar flicker. */
const DISK_STEP = 64 * 1024 * 1024;

/** What the status bar says, put together from those who know it. */
export function createSystemStatus(services: StatusServices): SystemStatusService {
  let diskFree: number | null = null;
  let doctorWarnings = 0;
  const change = (isNews: boolean) => {
    if (isNews) services.changes.emit('system:changed', {});
  };
  return {
    read: () => {
      const { queued, running, suts } = readSystemCounts(services.store);
      return {
        queued,
        running,
        suts,
        workers: services.settings.read().workers,
        queuePaused: services.settings.queuePaused(),
        diskFree,
        robotVersion: services.environments.known()?.robotVersion ?? null,
        doctorWarnings,
      };
    },
    refreshDisk: async () => {
      const before = diskFree;
      diskFree = await freeSpace(services.home);
      change(diskFree !== before);
    },
    tookDoctor: (checks) => {
      const before = doctorWarnings;
      doctorWarnings = checks.filter(({ outcome }) => outcome !== 'fine').length;
      change(before !== doctorWarnings);
    },
  };
}

async function freeSpace(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : Math.floor((disk.bavail * disk.bsize) / DISK_STEP) * DISK_STEP;
}
