import { createRouterClient, type AnyRouter } from '@orpc/server';
import { app } from 'electron';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { RUN_STATES } from '../../src-shared/model/run-states.ts';
import { composeHarness } from '../compose.ts';
import type { Harness } from '../harness.ts';
import type { Caller } from '../services/caller.ts';
import type { DesktopOptions } from './command-line.ts';
import { handOverPorts } from './hand-over-port.ts';
import { announceEndedRuns } from './ended-runs.ts';
import { leaveCalmly } from './leave.ts';
import { Memory } from './memory.ts';
import { setMenu } from './menu.ts';
import { openWindow } from './open-window.ts';
import { serveFolder } from './protocol.ts';
import { refuseToStart } from './refuse.ts';
import { confineEverything } from './security.ts';
import { serveCommands } from './serve-commands.ts';
import { Shell } from './shell.ts';

const caller: Caller = { user: userInfo().username, origin: 'desktop' };

/** Window and harness come up at the same time; the page waits for its port, not the window for the store. */
export function boot(options: DesktopOptions): void {
  const memory = new Memory(options.userData);
  confineEverything();
  serveFolder(join(import.meta.dirname, '../renderer'));
  const window = openWindow(memory);
  const shell = new Shell(window);
  const harness = compose(options.home);
  handOverPorts(
    harness.then(({ router }): AnyRouter => ({ ...router, desktop: shell.router() })),
    { caller },
  );
  setMenu(() => window.close());
  leaveCalmly(window, () => activeRuns(harness), memory);
  app.on('second-instance', () => shell.show());
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  harness.then((ready) => {
    announceEndedRuns(ready, caller, shell);
    closeAtQuit(ready, serveCommands(ready, caller.user, app.getVersion()));
  }, refuseToStart);
}

/** Runs that would go on without the app. */
async function activeRuns(harness: Promise<Harness>): Promise<number> {
  try {
    const client = createRouterClient((await harness).router, { context: { caller } });
    const { total } = await client.runs.list({ states: RUN_STATES.filter((state) => state !== 'ended'), limit: 1 });
    return total;
  } catch {
    return 0; // a harness that did not start has none
  }
}

function compose(home: string): Promise<Harness> {
  const resources = app.isPackaged ? process.resourcesPath : join(import.meta.dirname, '../../resources');
  return composeHarness({ home, face: 'desktop', appVersion: app.getVersion(), resources });
}

/** The store is closed before the process ends; the runs are not: their supervisors go on. */
function closeAtQuit(harness: Harness, endCommands: Promise<() => Promise<void>>): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    // Not within this event: Electron never ends when told to while it is still leaving.
    void close(harness, endCommands).finally(() => setImmediate(() => app.exit()));
  });
}

async function close(harness: Harness, endCommands: Promise<() => Promise<void>>): Promise<void> {
  await endCommands.then((end) => end(), console.error); // without its loopback the app was still whole for its window
  await harness.close();
}
