import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { lengthOf, readRanges, type Slice } from './byte-ranges.ts';
import { askWho, BOOT_PATH, findBoot, NOTHING_TO_START, programFile, type BootTarget } from './boot-desk.ts';
import type { KeyAndCertificate } from './issue-certificate.ts';
import { openSource, type OpenedSource } from './open-source.ts';

/** What one machine may fetch. */
export interface Granted {
  name: string;
  /** Strong: the content of a grant never changes. */
  etag: string;
  source: OpenedSource;
  /** Several files by their paths, in the place of the one that is named. */
  files: ReadonlyMap<string, OpenedSource> | null;
  /** It takes what is sent to it as well, and throws it away. */
  callBack: boolean;
  /** Addresses that are known to be the machine's. */
  known: readonly string[];
  /** One address besides them: a BMC may ask through another of its interfaces, but nobody else after it. */
  stranger: string | null;
  /** Of a script: the machine that starts from the network by it. */
  boot: BootTarget | null;
  /** Answers that are being sent. */
  sending: Set<ServerResponse>;
}

/** What was just sent to whom. */
export interface Fetched {
  token: string;
  bytes: number;
  peer: string;
  /** The last range asked for; null: the whole file. */
  range: Slice | null;
  /** A request began. */
  began: boolean;
}

const CHUNK = 512 * 1024;
/** ms without a byte taken: the reader comes back with a range, or is gone. */
const SILENCE = 10 * 60_000;
const MOST_CONNECTIONS = 512;

export interface GrantServerOptions {
  grants: ReadonlyMap<string, Granted>;
  onFetched: (fetched: Fetched) => void;
  tls: KeyAndCertificate | null;
  /** Starts from the network are answered here; `programs`: the folder with first stages. */
  boots: { programs: string | null } | null;
}

/** Sends granted files: GET and HEAD, single and several ranges, connections kept. Every other question gets no hint of what there is. */
export function createGrantServer({ grants, onFetched, tls, boots }: GrantServerOptions): Server {
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const common = { keepAliveTimeout: 65_000, noDelay: true };
  const server =
    tls === null ? createServer(common, listen) : createSecureServer({ ...common, key: tls.key, cert: tls.certificate }, listen);
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = SILENCE;
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token = '', name = '', ...more] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? [];
    const grant = grants.get(token);
    const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/u, '');
    if (boots !== null && name === '' && more.length === 0 && (await answerBoot({ request, response }, { programs: boots.programs, peer })))
      return;
    const source = grant === undefined ? null : sourceAt(grant, [name, ...more]);
    if (grant === undefined || source === null || !admits(grant, peer)) return refuse(response, 404);
    const allowed = grant.callBack ? CALL_BACK_METHODS : METHODS;
    if (!allowed.includes(request.method ?? '')) return refuse(response, 405, { Allow: allowed.join(', ') });
    if (grant.callBack) request.resume();
    const ranges = isOutdated(request, grant) ? 'whole' : readRanges(request.headers.range, source.size);
    if (ranges === 'none') return refuse(response, 416, { 'Content-Range': `bytes */${source.size}` });
    grant.sending.add(response);
    response.once('close', () => grant.sending.delete(response));
    const range = ranges === 'whole' ? null : (ranges[0] ?? null);
    const note = (bytes: number, began = false): void => onFetched({ token, bytes, peer, range, began });
    note(0, true);
    await send({ request, response }, { source, etag: grant.etag, ranges, note });
  }

  /** What a machine asks before it knows of any grant: the program of its first stage, and what it is to start. */
  async function answerBoot(
    { request, response }: Exchange,
    { programs, peer }: { programs: string | null; peer: string },
  ): Promise<boolean> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://self');
    const program = programFile(programs, pathname.slice(1));
    if (program !== null) {
      const source = await openSource({ file: program }).catch(() => null);
      if (source === null) return false;
      try {
        await send({ request, response }, { source, etag: null, ranges: 'whole', note: () => undefined });
      } finally {
        await source.close();
      }
      return true;
    }
    if (pathname !== BOOT_PATH) return false;
    const [uuid, mac] = [searchParams.get('uuid'), searchParams.get('mac')];
    const found = [...grants].find(([, each]) => each === findBoot(grants.values(), { uuid: uuid ?? '', mac: mac ?? '' }));
    if (found === undefined) {
      const script = uuid === null && mac === null ? askWho(request.headers.host ?? '') : NOTHING_TO_START;
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': String(Buffer.byteLength(script)) }).end(script);
      return true;
    }
    const [token, grant] = found;
    const note = (bytes: number, began = false): void => onFetched({ token, bytes, peer, range: null, began });
    note(0, true);
    await send({ request, response }, { source: grant.source, etag: grant.etag, ranges: 'whole', note });
    return true;
  }
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

interface Sending {
  source: OpenedSource;
  etag: string | null;
  ranges: Slice[] | 'whole';
  note: (bytes: number) => void;
}

async function send({ request, response }: Exchange, { source, etag, ranges, note }: Sending) {
  const headers = { 'Accept-Ranges': 'bytes', 'Cache-Control': 'no-store', ...(etag === null ? {} : { ETag: etag }) };
  const parts = partsOf(ranges, source.size);
  const length = parts.reduce((sum, { head, slice }) => sum + head.length + (slice === null ? 0 : lengthOf([slice])), 0);
  const [only] = ranges === 'whole' ? [] : ranges;
  const type =
    parts.length > 1
      ? { 'Content-Type': `multipart/byteranges; boundary=${BOUNDARY}` }
      : { 'Content-Type': TYPE, ...(only === undefined ? {} : { 'Content-Range': contentRange(only, source.size) }) };
  response.writeHead(ranges === 'whole' ? 200 : 206, { ...headers, ...type, 'Content-Length': String(length) });
  if (request.method === 'HEAD') return void response.end();
  for (const { head, slice } of parts) {
    if (head !== '') response.write(head);
    if (slice !== null) await sendSlice(response, { source, slice, note });
  }
  response.end();
}

const TYPE = 'application/octet-stream';
const BOUNDARY = 'atn-part-4b1f0c7e';

interface Part {
  head: string;
  slice: Slice | null;
}

function partsOf(ranges: Slice[] | 'whole', size: number): Part[] {
  if (ranges === 'whole') return [{ head: '', slice: size === 0 ? null : { start: 0, end: size - 1 } }];
  if (ranges.length === 1) return ranges.map((slice) => ({ head: '', slice }));
  const parts = ranges.map((slice): Part => ({
    head: `\r\n--${BOUNDARY}\r\nContent-Type: ${TYPE}\r\nContent-Range: ${contentRange(slice, size)}\r\n\r\n`,
    slice,
  }));
  return [...parts, { head: `\r\n--${BOUNDARY}--\r\n`, slice: null }];
}

/** At the pace of the reader; a file that has become shorter cuts the answer, so that nobody takes it for whole. */
async function sendSlice(
  response: ServerResponse,
  { source, slice, note }: { source: OpenedSource; slice: Slice; note: (bytes: number) => void },
): Promise<void> {
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  response.once('close', onClose);
  try {
    for (let offset = slice.start; offset <= slice.end;) {
      const chunk = await source.read(offset, Math.min(CHUNK, slice.end - offset + 1));
      if (chunk.byteLength === 0) throw new Error('The file has become shorter.');
      if (response.destroyed) return;
      offset += chunk.byteLength;
      if (!response.write(chunk)) await once(response, 'drain', { signal: gone.signal });
      note(chunk.byteLength);
    }
  } finally {
    response.off('close', onClose);
  }
}

const METHODS = ['GET', 'HEAD'];
/** Installers tell that they have ended in either way. */
const CALL_BACK_METHODS = [...METHODS, 'POST', 'PUT'];

/** What stands at a path below the secret part of the address; null when nothing does. */
function sourceAt({ name, source, files }: Granted, path: readonly string[]): OpenedSource | null {
  if (files !== null) return files.get(path.map(decoded).join('/')) ?? null;
  return path.length === 1 && decoded(path[0] ?? '') === name ? source : null;
}

/** Ranges of an older content are of no use (RFC 9110, 13.1.5). */
function isOutdated({ headers }: IncomingMessage, { etag }: Granted): boolean {
  const wanted = headers['if-range'];
  return wanted !== undefined && wanted !== etag;
}

function admits(grant: Granted, peer: string): boolean {
  if (grant.known.includes(peer)) return true;
  grant.stranger ??= peer;
  return grant.stranger === peer;
}

function contentRange({ start, end }: Slice, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'Content-Length': '0' }).end();
}
