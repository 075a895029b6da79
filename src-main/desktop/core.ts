import { createRouterClient, type AnyRouter } from '@orpc/server';
import { app, type BrowserWindow, type MessagePortMain } from 'electron';
import { userInfo } from 'node:os';
import { RUN_STATES } from '../../src-shared/model/run-states.ts';
import { composeHarness } from '../compose.ts';
import type { Harness } from '../harness.ts';
import type { Caller } from '../services/caller.ts';
import { announceEndedRuns } from './ended-runs.ts';
import { announceEndingHolds } from './ending-holds.ts';
import { realKeychain } from './keychain.ts';
import { servePort } from './serve-port.ts';
import { serveCommands } from './serve-commands.ts';
import { Shell } from './shell.ts';

const caller: Caller = { user: userInfo().username, origin: 'desktop' };

/** What the window needs of the harness; loaded after the window, so that nothing of it stands between a click and the window. */
export interface Core {
  /** Serves the whole contract on a port that the page holds the other end of. */
  serve(port: MessagePortMain): void;
  /** How many runs would go on without the app. */
  activeRuns(): Promise<number>;
  /** The store is closed; the runs are not: their supervisors go on. */
  close(): Promise<void>;
}

/** Absolute folders: the one the harness owns, and the one of what comes with the app (Python files, icons). */
export interface CorePlaces {
  home: string;
  resources: string;
  demo: boolean;
  throwAway: boolean;
}

export async function startCore(places: CorePlaces, window: BrowserWindow): Promise<Core> {
  const harness = await composeHarness({ ...places, face: 'desktop', appVersion: app.getVersion(), keychain: realKeychain() });
  const shell = new Shell(window);
  const router: AnyRouter = { ...harness.router, desktop: shell.router() };
  announceEndedRuns(harness, caller, shell);
  announceEndingHolds(harness, caller, shell);
  const endCommands = serveCommands(harness, caller.user, app.getVersion());
  return {
    serve: (port) => servePort(port, router, { caller }),
    activeRuns: () => countActiveRuns(harness),
    close: async () => {
      await endCommands.then((end) => end(), console.error); // without its loopback the app was still whole for its window
      await harness.close();
    },
  };
}

async function countActiveRuns(harness: Harness): Promise<number> {
  const client = createRouterClient(harness.router, { context: { caller } });
  const { total } = await client.runs.list({ states: RUN_STATES.filter((state) => state !== 'ended'), limit: 1 });
  return total;
}
