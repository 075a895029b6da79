import { RPCHandler } from '@orpc/server/ws';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { PersonName } from '../../src-shared/model/text.ts';
import { WorkbenchError } from '../errors.ts';
import type { ApiContext, Harness } from '../harness.ts';
import type { Caller } from '../services/caller.ts';
import { Gate, type Entry } from './gate.ts';
import { sendReference } from './reference-page.ts';
import type { Rest } from './rest.ts';
import { fileFor, sendFile } from './static-files.ts';
import { isForTrigger, takeTrigger } from './take-trigger.ts';

export interface LoopbackOptions {
  harness: Harness;
  /** Who acts: the user of the operating system that owns the home. */
  user: string;
  appVersion: string;
  /** 0 = any free port. */
  port: number;
  /** Folder of the built renderer; null = the API only (the desktop app has a window of its own). */
  pages: string | null;
}

export interface Loopback {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** For `atn` and scripts; to be written only where nobody but the owner can read it. */
  readonly ownerToken: string;
  /** An address that opens one session, once. */
  oneTimeUrl(): string;
  close(): Promise<void>;
}

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** Serves a harness on loopback. Fails with CONFLICT when the port is taken. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const gate = new Gate();
  let made: Promise<Rest> | undefined;
  // Most harnesses are never asked by REST, and what serves it takes a while to load.
  const rest = (): Promise<Rest> => (made ??= import('./rest.ts').then((module) => new module.Rest(options.harness, options.appVersion)));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const handler = new RPCHandler<ApiContext>(options.harness.router);
  const server = createServer((request, response) => {
    answer({ gate, rest, options }, request, response).catch((error: unknown) => fail(response, error));
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    const entry = gate.knowsHost(request) && request.url === '/api/ws' ? gate.entry(request, true) : null;
    const person = personOf(request, options.user);
    if (entry === null || person === null) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      void handler.upgrade(webSocket, { context: { caller: callerOf(entry, person, 'cli') } });
    });
  });
  const port = await listen(server, options.port);
  gate.listenOn(port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    ownerToken: gate.ownerToken,
    oneTimeUrl: () => `${url}/?token=${gate.issueTicket()}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Parts {
  gate: Gate;
  rest: () => Promise<Rest>;
  options: LoopbackOptions;
}

async function answer({ gate, rest, options }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!gate.knowsHost(request)) return sendPlain(response, 421, 'This server answers as 127.0.0.1 only.');
  const address = new URL(request.url ?? '/', 'http://127.0.0.1');
  const ticket = address.searchParams.get('token');
  if (ticket !== null && request.method === 'GET') return redeem(gate, { ticket, address }, response);
  if (address.pathname.startsWith('/calendar/') && request.method === 'GET') return sendCalendar(options.harness, address, response);
  if (isForTrigger(address.pathname)) return takeTrigger(options.harness, request, response);
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  const entry = gate.entry(request, changes);
  if (entry === null) return sendPlain(response, 401, 'Open the address that "atn serve" printed, or send the owner token of this home.');
  const person = personOf(request, options.user);
  if (person === null) return sendPlain(response, 400, 'X-Atn-Person holds no name of a person, percent-encoded.');
  const context = { caller: callerOf(entry, person, 'rest') };
  if (address.pathname === '/api/v1/openapi.json') return sendDocument(response, await (await rest()).document());
  if (address.pathname === '/metrics' && !changes) return sendMetrics(options.harness, context, response);
  if (await sendReference(address.pathname, response)) return;
  if (address.pathname.startsWith('/api/v1/') && (await (await rest()).handle(request, response, context))) return;
  const file = options.pages === null || changes || address.pathname.startsWith('/api/') ? null : fileFor(options.pages, address.pathname);
  if (file !== null && (await sendFile(file, response))) return;
  sendPlain(response, 404, 'There is nothing at this address.');
}

/** The token leaves the address at once, so that it stays in no history and no copied link. */
function redeem(gate: Gate, visit: { ticket: string; address: URL }, response: ServerResponse): void {
  const cookie = gate.redeem(visit.ticket);
  if (cookie === null) return sendPlain(response, 401, 'This address was used already or is too old. Ask "atn serve" for a new one.');
  visit.address.searchParams.delete('token');
  response.writeHead(303, {
    'Set-Cookie': cookie,
    Location: visit.address.pathname + visit.address.search,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
  response.end();
}

/**
 * Who acts, where the owner's token says so for a colleague (a name, percent-encoded); a browser is always the owner. It is no sign-in:
 * who has the token may do everything anyway, and the name says for whom. Null: what stands there is no name.
 */
function personOf(request: IncomingMessage, user: string): string | null {
  const named = request.headers['x-atn-person'];
  if (typeof named !== 'string' || request.headers.authorization === undefined) return user;
  return PersonName.safeParse(decoded(named)).data ?? null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function callerOf(entry: Entry, user: string, withToken: 'cli' | 'rest'): Caller {
  return { user, origin: entry === 'session' ? 'browser' : withToken };
}

/** Calendars bring no login: the address itself is the key, and it opens nothing else. */
function sendCalendar(harness: Harness, { pathname, searchParams }: URL, response: ServerResponse): void {
  const suts = searchParams.getAll('sut');
  const holder = searchParams.get('holder') ?? undefined;
  const text = harness.calendar(pathname, { holder, suts: suts.length === 0 ? undefined : suts });
  if (text === null) return sendPlain(response, 404, 'This calendar address was taken back, or never was one.');
  response.writeHead(200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

function sendDocument(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' });
  response.end(text);
}

/** Loaded when first scraped: most harnesses never are. */
async function sendMetrics(harness: Harness, context: ApiContext, response: ServerResponse): Promise<void> {
  const { METRICS_TYPE, metricsText } = await import('./metrics.ts');
  const text = await metricsText(harness.router, context);
  response.writeHead(200, { 'Content-Type': METRICS_TYPE, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
  response.end(text);
}

function sendPlain(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${sentence}\n`);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy(error instanceof Error ? error : undefined);
  else sendPlain(response, 500, 'Something went wrong inside the workbench.');
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new WorkbenchError('CONFLICT', `Port ${port} cannot be used. Choose another with --port, or leave it out.`, { cause }));
    });
    server.listen({ host: '127.0.0.1', port }, () => resolve((server.address() as AddressInfo).port));
  });
}
