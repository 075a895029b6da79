import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Settings } from '../../../src-shared/model/system.ts';
import { Changes } from '../../changes.ts';
import { openStore } from '../../store/open.ts';
import { saveSettings } from '../../store/settings.ts';
import { createSettings } from './settings.ts';

function bench() {
  const home = mkdtempSync(join(tmpdir(), 'atn-settings-'));
  const { write } = openStore({ file: join(home, 'harness.db'), backups: home, now: 1 });
  const changes = new Changes();
  let announced = 0;
  changes.on('system:changed', () => (announced += 1));
  return { write, changes, settings: createSettings(write, changes), announced: () => announced };
}

describe('settings', () => {
  it('have sensible defaults, change one by one, and stay', () => {
    const { write, changes, settings, announced } = bench();
    expect(Settings.parse(settings.read())).toEqual(settings.read());
    expect(settings.update({ workers: 3, harnessName: undefined })).toMatchObject({ workers: 3, harnessName: settings.read().harnessName });
    settings.pauseQueue(true);
    const again = createSettings(write, changes);
    expect([again.read().workers, again.queuePaused(), announced()]).toEqual([3, true, 2]);
    again.pauseQueue(false);
    expect(again.queuePaused()).toBe(false);
  });
  it('refuse what does not fit and keep what there was', () => {
    const { settings } = bench();
    expect(() => settings.update({ workers: 0 })).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }) as Error);
    expect(settings.update({ pythonPath: '' }).pythonPath).toBeNull();
  });
  it('fall back to the default of one value that does not fit any more', () => {
    const { write, changes } = bench();
    saveSettings(write, { workers: 'many', stopGraceSeconds: 7, unknown: 1 });
    const settings = createSettings(write, changes).read();
    expect(settings.stopGraceSeconds).toBe(7);
    expect(settings.workers).toBeGreaterThan(0);
    expect(settings).not.toHaveProperty('unknown');
  });
});
