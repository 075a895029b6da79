import { app, ipcMain, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DesktopOptions } from './command-line.ts';
import type { Core, CorePlaces } from './core.ts';
import { handOverPorts } from './hand-over-port.ts';
import { leaveCalmly } from './leave.ts';
import { Memory } from './memory.ts';
import { setMenu } from './menu.ts';
import { openWindow, showWindow } from './open-window.ts';
import { serveFolder } from './protocol.ts';
import { confineEverything } from './security.ts';

/** How long the harness waits for the page before it comes up anyway, in milliseconds. */
const PATIENCE = 1000;

/** The window first; the harness is loaded when the page has drawn its frame and asks for it. `built` is the folder of everything that the build made. */
export function boot(options: DesktopOptions, built: string): void {
  const memory = new Memory(options.userData);
  confineEverything();
  serveFolder(join(built, 'renderer'));
  const window = openWindow(memory, join(built, 'preload', 'preload.cjs'));
  const core = firstAsk().then(() =>
    startCore(
      {
        ...{ home: options.home, demo: options.demo, throwAway: options.throwAway },
        resources: app.isPackaged ? process.resourcesPath : join(built, '../resources'),
      },
      window,
    ),
  );
  handOverPorts(core);
  setMenu(() => window.close());
  leaveCalmly(window, () => activeRuns(core), memory);
  app.on('second-instance', () => showWindow(window));
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  closeAtQuit(core);
  core.catch(async (error: unknown) => (await import('./refuse.ts')).refuseToStart(error));
}

/** When the page asks for the harness, which it does at rest: what comes up before that takes the cores away from what a person waits to see. */
function firstAsk(): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, PATIENCE);
    ipcMain.once('atn:connect', () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

/** In steps with room between them, so that a click never waits for all of it. */
async function startCore(places: CorePlaces, window: BrowserWindow): Promise<Core> {
  await import('../../src-shared/contract/errors.ts');
  await pause(0);
  await import('../../src-shared/contract/index.ts');
  await pause(0);
  await import('../compose.ts');
  await pause(0);
  const { startCore: start } = await import('./core.ts');
  await pause(0);
  return start(places, window);
}

/** Runs that would go on without the app; a harness that did not start has none. */
async function activeRuns(core: Promise<Core>): Promise<number> {
  return core.then((ready) => ready.activeRuns()).catch(() => 0);
}

function closeAtQuit(core: Promise<Core>): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    // Not within this event: Electron never ends when told to while it is still leaving.
    void core
      .then((ready) => ready.close())
      .catch(console.error)
      .finally(() => setImmediate(() => app.exit()));
  });
}
