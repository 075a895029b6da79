import { availableParallelism, hostname } from 'node:os';
import { Settings } from '../../../src-shared/model/system.ts';
import type { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import type { WritableStore } from '../../store/handle.ts';
import { readSettings, saveSettings } from '../../store/settings.ts';

export interface SettingsService {
  read(): Settings;
  /** Only what is given changes. */
  update(changes: SettingsChanges): Settings;
  queuePaused(): boolean;
  pauseQueue(paused: boolean): void;
}

export type SettingsChanges = { [Key in keyof Settings]?: Settings[Key] | undefined };

const QUEUE_PAUSED = 'queuePaused';

/** What people have chosen, over what the workbench takes by itself. Read at every use, so a change counts at once. */
export function createSettings(store: WritableStore, changes: Changes): SettingsService {
  const defaults = defaultSettings();
  let kept = readSettings(store);
  const save = (values: Record<string, unknown>) => {
    saveSettings(store, values);
    kept = readSettings(store);
    changes.emit('system:changed', {});
  };
  const read = () => merge(defaults, kept);
  return {
    read,
    update: (wanted) => {
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      const checked = Settings.partial().safeParse(given);
      if (!checked.success)
        throw new WorkbenchError(
          'BAD_REQUEST',
          `The settings were not changed: ${checked.error.issues[0]?.message ?? 'a value does not fit'}.`,
        );
      save({ ...checked.data, ...nothingForEmpty(given) });
      return read();
    },
    queuePaused: () => kept[QUEUE_PAUSED] === true,
    pauseQueue: (paused) => save({ [QUEUE_PAUSED]: paused }),
  };
}

/** A field that was emptied names nothing. */
function nothingForEmpty(given: Record<string, unknown>): Partial<Settings> {
  const emptied = (['pythonPath', 'uvPath', 'servingAddress'] as const).filter((key) => given[key] === '');
  return Object.fromEntries(emptied.map((key) => [key, null]));
}

/** As many runs at once as there are cores; the name of the machine as the name of the harness. */
function defaultSettings(): Settings {
  return {
    harnessName: hostname().slice(0, 100) || 'harness',
    workers: Math.min(64, availableParallelism()),
    pythonPath: null,
    packageIndexUrl: null,
    packageFolders: [],
    uvPath: null,
    robotVersion: '7.5',
    imageBudgetGb: 60,
    imagesFromPrivateHosts: false,
    servingAddress: null,
    servingPort: 0,
    servingProtocol: 'http',
    bootPort: 8481,
    tftpPort: 0,
    bootPrograms: '/usr/lib/ipxe',
    proxyDhcp: false,
    stopGraceSeconds: 30,
    remindMinutes: 10,
    gapMinutes: 0,
    defaultTimeLimitMs: null,
    colorScheme: 'auto',
  };
}

/** A kept value that does not fit any more (an older or newer version wrote it) falls back to its default, and only it. */
function merge(defaults: Settings, kept: Record<string, unknown>): Settings {
  const fitting = Object.entries(kept).filter(([key, value]) => {
    const one = Settings.shape[key as keyof typeof Settings.shape];
    return (one as typeof one | undefined)?.safeParse(value).success === true;
  });
  return { ...defaults, ...Object.fromEntries(fitting) };
}
