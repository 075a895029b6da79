import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { SystemInfo, SystemStatus } from '../../src-shared/model/system.ts';
import type { Doctor } from '../services/doctor/doctor.ts';
import type { ChangeMap, Changes } from '../changes.ts';
import type { ApiContext } from '../harness.ts';
import type { Caller } from '../services/caller.ts';
import type { SettingsService } from '../services/settings/settings.ts';
import type { Bundles } from '../services/support/bundles.ts';
import type { SystemStatusService } from '../services/system/system-status.ts';
import { doctorFeed } from './doctor-feed.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export interface SystemPartServices {
  changes: Changes;
  settings: SettingsService;
  status: SystemStatusService;
  info: (caller: Caller) => SystemInfo;
  doctor: Doctor;
  bundles: Bundles;
}

const STATUS_CHANGES = ['system:changed', 'runs:changed', 'suts:changed'] as const satisfies (keyof ChangeMap)[];

export function systemPart({ changes, settings, status, info, doctor, bundles }: SystemPartServices): Part<'system'> {
  const procedures = implement(harnessContract.system).$context<ApiContext>();
  return {
    info: procedures.info.handler(({ context }) => info(context.caller)),
    watchStatus: procedures.watchStatus.handler(({ signal }) => statusFeed(changes, status, signal)),
    doctor: procedures.doctor.handler(({ signal }) => doctor.look({ signal })),
    examine: procedures.examine.handler(({ input, signal }) => doctorFeed(doctor, input.thorough, signal)),
    repair: procedures.repair.handler(({ input, signal }) => progressFeed(signal, (options) => doctor.repair(input, options))),
    previewBundle: procedures.previewBundle.handler(({ input, signal }) => bundles.preview(input, signal ?? new AbortController().signal)),
    takeBundle: procedures.takeBundle.handler(({ input }) => bundles.take(input.id)),
    settings: procedures.settings.handler(() => settings.read()),
    updateSettings: procedures.updateSettings.handler(({ input }) => settings.update(input)),
    pauseQueue: procedures.pauseQueue.handler(({ input }) => {
      settings.pauseQueue(input.paused);
      return status.read();
    }),
  };
}

/** Whole statuses, no two alike in a row. */
function statusFeed(changes: Changes, status: SystemStatusService, signal: AbortSignal | undefined) {
  let last = '';
  const read = (): SystemStatus | undefined => {
    const next = status.read();
    const text = JSON.stringify(next);
    if (text === last) return undefined;
    last = text;
    return next;
  };
  return coalescedFeed<true, true, SystemStatus>({
    listen: (listener) => {
      const stops = STATUS_CHANGES.map((name) => changes.on(name, () => listener(true)));
      return () => stops.forEach((stop) => stop());
    },
    first: () => read() ?? status.read(),
    merge: () => true,
    take: () => read(),
    signal,
    pauseMs: 100,
  });
}
