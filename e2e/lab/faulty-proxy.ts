import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { fetchBadly, isFetchFault, readOn, type FetchFault } from './faulty-fetch.ts';

/** `cutAfter`: the service has done it, and nobody hears of it. */
export type WireFault = 'silence' | 'status 500' | 'cut' | 'cutAfter' | 'wrong body' | FetchFault;

export interface FaultyProxy {
  url: string;
  /** SHA-256 of its certificate. */
  fingerprint: string;
  /** From now on this befalls what is asked by this method at paths that match; null: nothing does. */
  arm(fault: { method: string; path: RegExp; how: WireFault; times: number } | null): void;
  /** Everything that was to change something since it began or was armed, as `METHOD path`. */
  commands(): readonly string[];
  /** Goes on with transfers of images that had stalled; for each, whether the whole image came all the same. */
  readOn(): Promise<boolean[]>;
  /** How often a fault has struck since it was armed. */
  struck(): number;
  close(): Promise<void>;
}

/** Stands between the harness and a service over HTTP, and spoils what it is told to spoil. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'atn-proxy-'));
  const { certificateFile, keyFile, fingerprint } = makeCertificate(folder, 'proxy');
  let fault: Parameters<FaultyProxy['arm']>[0] = null;
  let struck = 0;
  let commands: string[] = [];
  const stalled = new Set<IncomingMessage>();
  const server = createServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, (incoming, response) => {
    const hit = fault !== null && struck < fault.times && incoming.method === fault.method && fault.path.test(incoming.url ?? '');
    if (hit) struck += 1;
    if (incoming.method !== 'GET') commands.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    spoilOrForward(target, { incoming, response, stalled, how: hit ? (fault?.how ?? null) : null });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `https://127.0.0.1:${address.port}`,
    fingerprint,
    arm: (next) => {
      fault = next;
      struck = 0;
      commands = [];
    },
    commands: () => commands,
    readOn: () => {
      const waiting = [...stalled];
      stalled.clear();
      return Promise.all(waiting.map(readOn));
    },
    struck: () => struck,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Exchange {
  incoming: IncomingMessage;
  response: ServerResponse;
  stalled: Set<IncomingMessage>;
  how: WireFault | null;
}

function spoilOrForward(target: string, { incoming, response, stalled, how }: Exchange): void {
  if (how !== null && isFetchFault(how)) return void fetchBadly(how, { incoming, response, stalled });
  if (how === 'silence') return void incoming.resume();
  if (how === 'cut') return void incoming.socket.destroy();
  if (how === 'status 500') return void response.writeHead(500, { 'Content-Type': 'text/plain' }).end('Out of order.');
  if (how === 'wrong body')
    return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>Please sign in to the guest network</html>');
  const url = new URL(incoming.url ?? '/', target);
  const ask = url.protocol === 'https:' ? secureRequest : request;
  const options = { method: incoming.method, headers: { ...incoming.headers, host: url.host }, rejectUnauthorized: false };
  const onward = ask(url, options, (answer) => {
    if (how === 'cutAfter') return void incoming.socket.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}
