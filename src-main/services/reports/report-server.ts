import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { contentTypeOf, foreignHeaders, framePage, guardedPage } from '@atn/content-store';
import type { ReportExport } from './export-report.ts';
import { findReportFile, type ReportFile } from './report-file.ts';
import { type Exchange, sendFile, sendStream } from './send-stream.ts';

export interface ReportServerOptions {
  /** Folder of a run's report, or null when the run is gone. */
  reportDirectory: (runId: string) => string | null;
  /** Makes what a download link stands for, at the moment somebody follows it. */
  openExport: (runId: string, form: string) => Promise<ReportExport>;
}

/** A stranger's page on another port of this machine has an IP host of its own; only a rebound name would come with another one. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/u;
const KEPT_DOWNLOADS = 1000;

/**
 * Serves report files from a loopback origin of its own, to show what strangers wrote without giving it anything. Each run has a
 * random path that nobody can guess; paths die with the harness. No cookies, no listing, GET and HEAD only.
 */
export class ReportServer {
  readonly #options: ReportServerOptions;
  readonly #runs = new Map<string, string>();
  readonly #tokens = new Map<string, string>();
  readonly #downloads = new Map<string, { runId: string; form: string }>();
  readonly #server = createServer((request, response) => void this.#answer({ request, response }));
  #port: Promise<number> | null = null;

  constructor(options: ReportServerOptions) {
    this.#options = options;
  }

  /** The address under which one file of the report opens. */
  async fileUrl(runId: string, path: string): Promise<string> {
    let token = this.#tokens.get(runId);
    if (token === undefined) {
      token = newToken();
      this.#tokens.set(runId, token);
      this.#runs.set(token, runId);
    }
    return `${await this.#origin()}/${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  async downloadUrl(runId: string, form: string, fileName: string): Promise<string> {
    const token = newToken();
    this.#downloads.set(token, { runId, form });
    const oldest = this.#downloads.keys().next();
    if (this.#downloads.size > KEPT_DOWNLOADS && oldest.done !== true) this.#downloads.delete(oldest.value);
    return `${await this.#origin()}/${token}/${encodeURIComponent(fileName)}`;
  }

  /** Forgets the paths of a run that was removed. */
  forget(runId: string): void {
    const token = this.#tokens.get(runId);
    if (token !== undefined) this.#runs.delete(token);
    this.#tokens.delete(runId);
    for (const [key, download] of this.#downloads) if (download.runId === runId) this.#downloads.delete(key);
  }

  async close(): Promise<void> {
    if (this.#port === null) return;
    await this.#port.catch(() => undefined);
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** It listens from the first address on: a harness whose reports nobody opens has no port. */
  async #origin(): Promise<string> {
    this.#port ??= listen(this.#server);
    return `http://127.0.0.1:${await this.#port}`;
  }

  async #answer(exchange: Exchange): Promise<void> {
    try {
      await this.#route(exchange);
    } catch {
      if (exchange.response.headersSent) exchange.response.destroy();
      else refuse(exchange.response, 500, 'This part of the report cannot be read.');
    }
  }

  async #route({ request, response }: Exchange): Promise<void> {
    const host = request.headers.host ?? '';
    if (!OWN_HOST.test(host)) return refuse(response, 421, 'This server answers on its own address only.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Reports can only be read.');
    const address = parseAddress(request.url ?? '');
    const runId = address && this.#runs.get(address.token);
    const download = address && this.#downloads.get(address.token);
    if (address !== null && runId) return this.#sendReportFile({ request, response }, { ...address, runId, host });
    if (download) return this.#sendDownload({ request, response }, download);
    return refuse(
      response,
      404,
      'This does not exist, or its address died with the workbench that gave it. Open the report from there again.',
    );
  }

  async #sendReportFile(exchange: Exchange, asked: Asked): Promise<void> {
    const directory = this.#options.reportDirectory(asked.runId);
    const found = directory === null ? null : await findReportFile(directory, asked.path);
    if (found === null) return refuse(exchange.response, 404, 'This file is not part of the report.');
    const base = `http://${asked.host}/${asked.token}/`;
    const { type, page, shown } = contentTypeOf(found.path);
    if (page && !isFramed(exchange.request, asked.framed)) {
      const body = framePage(basename(found.path));
      exchange.response.writeHead(200, {
        ...foreignHeaders('frame', base),
        'Content-Type': type,
        'Content-Length': String(Buffer.byteLength(body)),
      });
      exchange.response.end(exchange.request.method === 'HEAD' ? undefined : body);
      return;
    }
    if (page) return sendPage(exchange, found, { ...foreignHeaders('page', base), 'Content-Type': type });
    const disposition = shown ? {} : { 'Content-Disposition': contentDisposition(basename(found.path)) };
    await sendFile(exchange, found, { ...foreignHeaders('file', base), ...disposition, 'Content-Type': type });
  }

  async #sendDownload(exchange: Exchange, { runId, form }: { runId: string; form: string }): Promise<void> {
    const made = await this.#options.openExport(runId, form);
    const headers = {
      ...foreignHeaders('file', "'none'"),
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': contentDisposition(made.fileName),
    };
    if (made.file !== null) return sendFile(exchange, made.file, headers);
    exchange.response.writeHead(200, headers);
    if (exchange.request.method === 'HEAD') exchange.response.end();
    else await sendStream(exchange, await made.open());
  }
}

async function sendPage(exchange: Exchange, found: ReportFile, headers: Record<string, string>): Promise<void> {
  const { size, open } = await guardedPage(found);
  exchange.response.writeHead(200, { ...headers, 'Content-Length': String(size) });
  if (exchange.request.method === 'HEAD') exchange.response.end();
  else await sendStream(exchange, open());
}

interface Address {
  token: string;
  path: string;
  framed: boolean;
}
type Asked = Address & { runId: string; host: string };

function parseAddress(url: string): Address | null {
  const [location = '', query] = url.split('?', 2);
  const [empty, token, ...rest] = location.split('/');
  if (empty !== '' || token === undefined || token === '') return null;
  try {
    // A slash that was hidden in one segment stays hidden: it can only name a file that cannot exist.
    const segments = rest.map(decodeURIComponent);
    return segments.some((segment) => segment.includes('/')) ? null : { token, path: segments.join('/'), framed: query === 'framed' };
  } catch {
    return null;
  }
}

/** A browser says where it will put the answer. Ours alone asks for `?framed`; one typed into the address bar gets the frame again. */
function isFramed(request: IncomingMessage, framed: boolean): boolean {
  const destination = request.headers['sec-fetch-dest'];
  return destination === undefined ? framed : destination === 'iframe' || destination === 'frame';
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  const more = status === 405 ? { Allow: 'GET, HEAD' } : {};
  response.writeHead(status, { ...foreignHeaders('file', "'none'"), ...more, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

/** RFC 6266: a plain name for old readers, the true one in UTF-8. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w.() -]/gu, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const newToken = () => randomBytes(24).toString('base64url');

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
