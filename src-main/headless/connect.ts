import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { createRouterClient } from '@orpc/server';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { composeHarness } from '../compose.ts';
import { WorkbenchError } from '../errors.ts';
import { layoutOf } from '../services/home/layout.ts';
import { readOwner } from '../services/home/owner.ts';
import type { HarnessClient } from './command.ts';
import { headlessOptions, localUser } from './local.ts';

const OWNER_PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 100;

export interface Connection {
  client: HarnessClient;
  close(): Promise<void>;
}

/** Composes the harness of a home for this command, or joins the one that owns it already: never two owners of one store. */
interface Wanted {
  person?: string | undefined;
  demo?: boolean;
  throwAway?: boolean;
}

export async function connect(home: string, wanted: Wanted = {}): Promise<Connection> {
  try {
    return await compose(home, wanted);
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== 'HOME_IN_USE') throw error;
    return join(await answeringOwner(home, error), wanted.person);
  }
}

async function compose(home: string, { person, demo, throwAway }: Wanted): Promise<Connection> {
  const harness = await composeHarness({ ...headlessOptions(home), demo, throwAway });
  const client = createRouterClient(harness.router, { context: { caller: { user: person ?? localUser(), origin: 'cli' } } });
  return { client, close: () => harness.close() };
}

interface Address {
  url: string;
  tokenFile: string;
}

/** An owner that is just starting has no address yet: it is given a moment, then the refusal stands. */
async function answeringOwner(home: string, refusal: WorkbenchError): Promise<Address> {
  for (let waited = 0; waited < OWNER_PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const owner = readOwner(layoutOf(home).owner);
    if (owner?.url != null && owner.tokenFile !== null) return { url: owner.url, tokenFile: owner.tokenFile };
    await delay(LOOK_EVERY_MS);
  }
  throw refusal;
}

async function join({ url, tokenFile }: Address, person: string | undefined): Promise<Connection> {
  const token = (await readFile(tokenFile, 'utf8')).trim();
  const socket = new WebSocket(`${url.replace(/^http/u, 'ws')}/api/ws`, {
    headers: { authorization: `Bearer ${token}`, ...(person === undefined ? {} : { 'x-atn-person': encodeURIComponent(person) }) },
  });
  await opened(socket);
  // The package's socket and the browser's are one in all that the link uses; their types name each other's events differently.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { client: createORPCClient(link), close: async () => socket.close() };
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', (cause) => {
      reject(
        new WorkbenchError('HOME_IN_USE', 'The ATN Workbench that owns this home does not answer. Close it, or try again.', { cause }),
      );
    });
  });
}
