import { once } from 'node:events';
import type { Server } from 'node:http';
import { parentPort } from 'node:worker_threads';
import { createGrantServer, type Fetched, type Granted } from './grant-server.ts';
import { openSource } from './open-source.ts';
import type { Order, Said, Sum } from './serving-messages.ts';

/** ms between two words about what was fetched. */
const TELL_MS = 200;

const port = parentPort;
if (port === null) throw new Error('This file serves in a thread; it is not started by itself.');

const grants = new Map<string, Granted & { place: string }>();
/** By address and wanted port. */
const servers = new Map<string, Promise<Server>>();
const sums = new Map<string, Sum>();
let telling: NodeJS.Timeout | null = null;

port.on('message', (order: Order) => {
  if (order.do === 'grant') void grant(order).then(say);
  else if (order.do === 'revoke') void revoke(order.token);
  else void leave();
});

async function grant({ id, token, name, source, known, address, port: wanted }: Extract<Order, { do: 'grant' }>): Promise<Said> {
  try {
    const place = `${address} ${wanted}`;
    const opened = await openSource(source);
    grants.set(token, { name, etag: `"${token.slice(0, 16)}"`, source: opened, known, stranger: null, sending: new Set(), place });
    try {
      return { id, port: portOf(await serverAt(place, address, wanted)), size: opened.size };
    } catch (error) {
      await revoke(token);
      throw error;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return { id, problem: { message: error instanceof Error ? error.message : String(error), code } };
  }
}

/** Who fetches it is cut off at once. A port that nothing is granted on is given back. */
async function revoke(token: string): Promise<void> {
  const found = grants.get(token);
  if (found === undefined) return;
  grants.delete(token);
  for (const response of found.sending) response.destroy();
  await found.source.close();
  if ([...grants.values()].some(({ place }) => place === found.place)) return;
  const server = servers.get(found.place);
  servers.delete(found.place);
  (await server?.catch(() => undefined))?.closeAllConnections();
  (await server?.catch(() => undefined))?.close();
}

function serverAt(place: string, address: string, wanted: number): Promise<Server> {
  const known = servers.get(place);
  if (known !== undefined) return known;
  const starting = start(address, wanted);
  servers.set(place, starting);
  starting.catch(() => servers.delete(place));
  return starting;
}

async function start(address: string, wanted: number): Promise<Server> {
  const server = createGrantServer(grants, note);
  server.listen(wanted, address);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function note({ token, bytes, peer, range, began }: Fetched): void {
  const before = sums.get(token);
  sums.set(token, { token, peer, range, bytes: (before?.bytes ?? 0) + bytes, requests: (before?.requests ?? 0) + Number(began) });
  telling ??= setTimeout(() => {
    telling = null;
    say({ fetched: [...sums.values()] });
    sums.clear();
  }, TELL_MS);
}

async function leave(): Promise<void> {
  await Promise.all([...grants.keys()].map(revoke));
  if (telling !== null) clearTimeout(telling);
  port?.close();
}

function say(said: Said): void {
  port?.postMessage(said);
}
