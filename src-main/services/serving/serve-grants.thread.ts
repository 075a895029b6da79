import { once } from 'node:events';
import type { Server } from 'node:http';
import { parentPort } from 'node:worker_threads';
import { createGrantServer, type Fetched, type Granted } from './grant-server.ts';
import { askWho, findBoot, isBootScript, listPrograms, programFile } from './boot-desk.ts';
import { hostOf } from './host-of.ts';
import { openBytes, openSource } from './open-source.ts';
import { startProxyDhcp, type Asking, type ProxyDhcp } from './proxy-dhcp.ts';
import type { Order, Place, Said, Sum } from './serving-messages.ts';
import { startTftp, type TftpServer } from './tftp-server.ts';

/** ms between two words about what was fetched. */
const TELL_MS = 200;

const port = parentPort;
if (port === null) throw new Error('This file serves in a thread; it is not started by itself.');

const grants = new Map<string, Granted & { place: string }>();
const places = new Map<string, Promise<Listening>>();
const sums = new Map<string, Sum>();
let telling: NodeJS.Timeout | null = null;

interface Listening {
  server: Server;
  tftp: TftpServer | null;
  /** Only as long as a machine is expected to start from the network. */
  proxy: Promise<ProxyDhcp> | null;
}

port.on('message', (order: Order) => {
  if (order.do === 'grant') void grant(order).then(say);
  else if (order.do === 'revoke') void revoke(order.token).finally(() => say({ id: order.id, revoked: true }));
  else void leave();
});

async function grant({ id, token, name, source, known, boot, place }: Extract<Order, { do: 'grant' }>): Promise<Said> {
  try {
    const key = `${place.address} ${place.port} ${place.tls?.certificate ?? ''} ${place.tftp?.port ?? ''}`;
    const opened = await openSource(source);
    const etag = `"${token.slice(0, 16)}"`;
    const several = 'files' in source ? new Map(source.files.map(({ path, bytes }) => [path, openBytes(bytes)] as const)) : null;
    const callBack = 'callBack' in source;
    grants.set(token, {
      name,
      etag,
      source: opened,
      files: several,
      callBack,
      known,
      stranger: null,
      boot,
      sending: new Set(),
      place: key,
    });
    try {
      const listening = await listeningAt(key, place);
      if (boot !== null && place.proxy) await announce(listening, key, place);
      return { id, port: portOf(listening.server), size: opened.size };
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
  tell();
  await found.source.close();
  const others = [...grants.values()].filter(({ place }) => place === found.place);
  const listening = places.get(found.place);
  if (others.length === 0) places.delete(found.place);
  const there = await listening?.catch(() => undefined);
  if (there === undefined) return;
  if (!others.some(({ boot }) => boot !== null)) await silence(there);
  if (others.length > 0) return;
  there.server.closeAllConnections();
  there.server.close();
  await there.tftp?.close();
}

/** Machines that are expected hear of it by proxyDHCP from now on. */
async function announce(listening: Listening, key: string, { address, tftp }: Place): Promise<void> {
  const grantOf = (asking: Asking) =>
    findBoot(
      [...grants].map(([token, grant]) => ({ token, ...grant })).filter(({ place }) => place === key),
      asking,
    );
  listening.proxy ??= listPrograms(tftp?.programs ?? null).then((programs) =>
    startProxyDhcp(
      {
        ...{ address, host: hostOf(address, portOf(listening.server)), byHttp: programs, byTftp: listening.tftp === null ? [] : programs },
        expects: (asking) => grantOf(asking) !== undefined,
      },
      (asking) => {
        const told = grantOf(asking)?.token;
        if (told !== undefined) say({ told });
      },
    ),
  );
  try {
    await listening.proxy;
  } catch (error) {
    listening.proxy = null;
    throw renamed(error, 'PROXY');
  }
}

async function silence(listening: Listening): Promise<void> {
  const proxy = listening.proxy;
  listening.proxy = null;
  await (await proxy?.catch(() => undefined))?.close();
}

function listeningAt(key: string, place: Place): Promise<Listening> {
  const known = places.get(key);
  if (known !== undefined) return known;
  const starting = start(place);
  places.set(key, starting);
  starting.catch(() => places.delete(key));
  return starting;
}

async function start({ address, port: wanted, tls, tftp }: Place): Promise<Listening> {
  const boots = tls === null ? { programs: tftp?.programs ?? null } : null;
  const server = createGrantServer({ grants, onFetched: note, tls, boots });
  server.listen(wanted, address);
  await once(server, 'listening');
  if (tftp === null || tftp.port === 0) return { server, tftp: null, proxy: null };
  try {
    const host = hostOf(address, portOf(server));
    const find = (name: string) => firstStage(name, { programs: tftp.programs, host });
    return { server, tftp: await startTftp({ address, port: tftp.port }, find), proxy: null };
  } catch (error) {
    server.close();
    throw renamed(error, 'TFTP');
  }
}

/** The code says which of the servers could not be started. */
function renamed(error: unknown, what: 'TFTP' | 'PROXY'): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return Object.assign(new Error(what, { cause: error }), { code: `${what}_${code}` });
}

/** What TFTP serves: first stages, and the way from there to HTTP. */
async function firstStage(name: string, { programs, host }: { programs: string | null; host: string }) {
  if (isBootScript(name)) return openSource({ bytes: Buffer.from(askWho(host)) });
  const file = programFile(programs, name);
  return file === null ? null : openSource({ file });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function note({ token, bytes, peer, range, began }: Fetched): void {
  const before = sums.get(token);
  sums.set(token, { token, peer, range, bytes: (before?.bytes ?? 0) + bytes, requests: (before?.requests ?? 0) + Number(began) });
  telling ??= setTimeout(tell, TELL_MS);
}

function tell(): void {
  if (telling !== null) clearTimeout(telling);
  telling = null;
  if (sums.size > 0) say({ fetched: [...sums.values()] });
  sums.clear();
}

async function leave(): Promise<void> {
  await Promise.all([...grants.keys()].map(revoke));
  if (telling !== null) clearTimeout(telling);
  port?.close();
}

function say(said: Said): void {
  port?.postMessage(said);
}
