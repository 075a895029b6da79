import { Client, errors, type Dispatcher } from 'undici';
import { DriverError } from '../driver-error.ts';
import type { RedfishEndpoint } from '../endpoints.ts';
import { listAt, objectAt, textAt, type Json } from './json.ts';
import { pinnedConnector } from './pinned-connector.ts';

/** The largest answer that is read; a whole log of 10,000 entries has about 8 MiB. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** ms without a byte. */
const SILENCE = 15_000;

export interface RedfishRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: Json;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface RedfishAnswer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** Requests to one service: one origin, one connection, limits on everything. Knows nothing of logins. */
export class RedfishHttp {
  readonly #origin: URL;
  readonly #client: Client;

  constructor({ url, certificate }: Pick<RedfishEndpoint, 'url' | 'certificate'>) {
    this.#origin = originOf(url);
    this.#client = new Client(this.#origin.origin, {
      connect: pinnedConnector(certificate),
      headersTimeout: SILENCE,
      bodyTimeout: SILENCE,
      keepAliveTimeout: 30_000,
      maxHeaderSize: 64 * 1024,
    });
  }

  /** Any status is an answer; only what is no Redfish answer at all rejects. */
  async send(request: RedfishRequest): Promise<RedfishAnswer> {
    let path = this.pathOf(request.path);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#once({ ...request, path });
      const target = answer.headers['location'];
      if (request.method !== 'GET' || ![301, 302, 307, 308].includes(answer.status) || target === undefined) return answer;
      if (redirects >= MOST_REDIRECTS) throw new DriverError('OOBM_REFUSED', `The BMC redirects without end (last to ${brief(target)}).`);
      path = this.pathOf(target, path);
    }
  }

  /** A link as a path of this origin. Links to other origins are never followed: they would carry the password there. */
  pathOf(link: string, from = '/'): string {
    let url: URL;
    try {
      url = new URL(link, new URL(from, this.#origin));
    } catch {
      throw new DriverError('OOBM_REFUSED', `The BMC names an address that is none: ${brief(link)}.`);
    }
    if (url.origin !== this.#origin.origin) {
      throw new DriverError('OOBM_REFUSED', `The BMC sends to another computer, ${url.origin}, which is not followed.`);
    }
    return url.pathname + url.search;
  }

  async close(): Promise<void> {
    await this.#client.destroy();
  }

  async #once({ method, path, body, headers, signal }: RedfishRequest): Promise<RedfishAnswer> {
    const response = await this.#client.request({
      method,
      path,
      headers: {
        accept: 'application/json',
        'odata-version': '4.0',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
    const text = await readLimited(response.body, MOST_BYTES);
    return { status: response.statusCode, headers: plainHeaders(response.headers), body: parsed(text, response.statusCode) };
  }
}

function originOf(url: string): URL {
  const parsedUrl = URL.canParse(url) ? new URL(url) : null;
  if (parsedUrl === null || !['https:', 'http:'].includes(parsedUrl.protocol)) {
    throw new DriverError('BAD_REQUEST', `${brief(url)} is no address of a Redfish service. Write https://, then name or address.`);
  }
  return parsedUrl;
}

export async function readLimited(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      body.destroy();
      throw new DriverError('OOBM_REFUSED', `The BMC answers more than ${most / 1024 / 1024} MiB at once; reading was stopped.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat()[0] ?? '']])),
  );
}

/** A refusal may come with a page of HTML; an answer must be a JSON object or nothing. */
function parsed(text: string, status: number): Json {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    if (status >= 300) return {};
    throw new DriverError('OOBM_REFUSED', `The BMC answered what is no JSON: ${brief(text)}`, { cause });
  }
  return objectAt({ value }, 'value');
}

/** What a stranger wrote, short and on one line. */
export const brief = (text: string): string => {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
};

/** Why the service refused, in its own words (Redfish, DSP0266 8.6: extended information). */
export function reasonOf({ body, status }: RedfishAnswer): string {
  const error = objectAt(body, 'error');
  const said = listAt(error, '@Message.ExtendedInfo').flatMap((info) => textAt(info, 'Message') ?? []);
  const words = said.length > 0 ? said.join(' ') : textAt(error, 'message');
  return words === null ? `status ${status}` : `${brief(words)} (status ${status})`;
}

/** Errors of undici and TLS; undefined for others. */
export function translateRedfish(error: unknown): DriverError | undefined {
  if (
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  ) {
    return new DriverError('OOBM_UNREACHABLE', 'The BMC does not answer over HTTP.', { cause: error });
  }
  if (error instanceof errors.SocketError) {
    return new DriverError('OOBM_UNREACHABLE', 'The BMC cut the connection.', { cause: error });
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return new DriverError('OOBM_REFUSED', 'What answers there does not speak HTTP as it should.', { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^ERR_SSL|^EPROTO/.test(code)) return new DriverError('OOBM_UNREACHABLE', 'What answers there does not speak TLS.', { cause: error });
  return undefined;
}
