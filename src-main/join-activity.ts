import { join } from 'node:path';
import { activityPart } from './api/activity.ts';
import type { Parts } from './api/part.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { seeProcesses } from './robot/process-tree.ts';
import { readSupervisorFile, runFolder } from './robot/run-files.ts';
import { createActivity, type ActivityServices } from './services/activity/activity.ts';
import type { Runs } from './services/runs/create-runs.ts';
import type { SettingsService } from './services/settings/settings.ts';
import type { WritableStore } from './store/handle.ts';
import { readUsage, writeUsage } from './store/run-usage.ts';
import { findRun } from './store/runs.ts';

interface Joined {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  runs: Runs;
  settings: SettingsService;
  runsFolder: string;
  pools: ActivityServices['pools'];
  figures: ActivityServices['figures'];
}

/** What the harness does now, and the place of runs in its queue. */
export function joinActivity({ store, runs, settings, runsFolder, ...joined }: Joined): {
  part: Parts['activity'];
  start: () => void;
  close: () => void;
} {
  const activity = createActivity({
    ...joined,
    store,
    runs: () => runs.active(),
    move: (request) => runs.move(request),
    settings: () => settings.read(),
    queuePaused: () => settings.queuePaused(),
    see: seeProcesses,
    rootOf: async (id) => {
      const supervisor = await readSupervisorFile(runFolder(join(runsFolder, id)).supervisor).catch(() => null);
      return supervisor === null || supervisor.state === 'ended' ? null : supervisor.pid;
    },
    kept: (id) => {
      const row = findRun(store, id);
      return row === undefined ? [] : readUsage(store, row.number);
    },
    keep: (id, samples) => writeUsage(store, id, samples),
  });
  return { part: activityPart(activity, joined.changes), start: () => activity.start(), close: () => activity.close() };
}
