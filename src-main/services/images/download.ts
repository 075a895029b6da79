import { politeLookup } from '@atn/content-store';
import type { Dispatcher } from 'undici';
import { WorkbenchError } from '../../errors.ts';
import { privateHost, refusePrivate, sourceAddress } from './polite-hosts.ts';

const MOST_REDIRECTS = 5;
const CONNECT_MS = 15_000;
/** Silence of a source after which it is asked anew, ms. */
export const SILENCE_MS = 30_000;

export interface Part {
  /** Where the bytes begin: 0 when the source began anew. */
  offset: number;
  /** Of the whole file, bytes; null where the source does not say. */
  total: number | null;
  /** By what the source says that it is the same file; null: it cannot be gone on with. */
  validator: string | null;
  bytes: AsyncIterable<Buffer>;
}

/** How a source may be asked. */
export interface Rules {
  allowsPrivate: boolean;
  signal: AbortSignal;
  /** How long it may say nothing. */
  silenceMs: number;
}

/** Worth another try later; everything else is for a person. */
export class SourceAway extends Error {}

/**
 * Opens a file at an address from a place on; when it has changed since `validator`, or cannot be read from the middle, from its beginning. Every redirect is judged
 * like the address itself. Throws SourceAway (try later), FORBIDDEN (private host), BAD_REQUEST (there is no such file).
 */
export async function openDownload(
  { url, offset, validator }: { url: string; offset: number; validator: string | null },
  { allowsPrivate, signal, silenceMs }: Rules,
): Promise<Part> {
  // Only when there is something to fetch: reading its megabyte would hold up the start of the app.
  const { Agent } = await import('undici');
  const agent = new Agent({
    connect: { timeout: CONNECT_MS, lookup: politeLookup(() => allowsPrivate) },
    ...{ headersTimeout: silenceMs, bodyTimeout: silenceMs },
  });
  const close = (): void => void agent.destroy().catch(() => undefined);
  try {
    const goOn: Record<string, string> = offset > 0 && validator !== null ? { range: `bytes=${offset}-`, 'if-range': validator } : {};
    // Packed on the way, the bytes would not be the file's.
    const answer = await follow(agent, sourceAddress(url), { headers: { ...goOn, 'accept-encoding': 'identity' }, allowsPrivate, signal });
    return { ...placeOf(answer), bytes: untilDone(answer.body, close) };
  } catch (error) {
    close();
    throw sourceProblem(error, url);
  }
}

interface Asking {
  headers: Record<string, string>;
  allowsPrivate: boolean;
  signal: AbortSignal;
}

async function follow(dispatcher: Dispatcher, first: URL, { headers, allowsPrivate, signal }: Asking): Promise<Dispatcher.ResponseData> {
  const { request } = await import('undici');
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    refusePrivate(url, allowsPrivate);
    const answer = await request(url.href, { dispatcher, headers, signal });
    const { statusCode } = answer;
    if (statusCode === 200 || statusCode === 206) return answer;
    await answer.body.dump();
    const location = answer.headers.location;
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string' && URL.canParse(location, url.href)) {
      url = sourceAddress(new URL(location, url.href).href);
      continue;
    }
    if (statusCode >= 500 || statusCode === 429 || statusCode === 408) throw new SourceAway(`${url.hostname} answers ${statusCode}`);
    throw new WorkbenchError('BAD_REQUEST', `${url.hostname} answers ${statusCode} for this image. Check the address.`);
  }
  throw new WorkbenchError('BAD_REQUEST', `${first.hostname} sends from address to address without an end.`);
}

function placeOf({ statusCode, headers }: Dispatcher.ResponseData): Omit<Part, 'bytes'> {
  const range = statusCode === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(one(headers['content-range']) ?? '') : null;
  if (statusCode === 206 && range === null) throw new SourceAway('it answers with a part that nobody asked for');
  const length = one(headers['content-length']);
  const total = range === null ? length : range[2];
  const size = total === null || total === undefined || total === '*' ? null : Number(total);
  const etag = one(headers.etag);
  // A weak tag promises the same meaning, not the same bytes.
  const validator = etag !== null && !etag.startsWith('W/') ? etag : one(headers['last-modified']);
  return { offset: Number(range?.[1] ?? 0), total: size, validator: one(headers['accept-ranges']) === 'none' ? null : validator };
}

const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? (value[0] ?? null) : (value ?? null));

async function* untilDone(body: AsyncIterable<Buffer>, close: () => void): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'AbortError') throw error;
    const fellSilent = 'code' in error && error.code === 'UND_ERR_BODY_TIMEOUT';
    throw new SourceAway(fellSilent ? 'it fell silent in the middle' : 'the connection was cut', { cause: error });
  } finally {
    close();
  }
}

/** A text of a few lines, for checksums. */
export async function downloadText(url: string, options: Rules & { most: number }): Promise<string> {
  const { bytes } = await openDownload({ url, offset: 0, validator: null }, options);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > options.most) throw new WorkbenchError('BAD_REQUEST', 'The checksum file is far too long for one.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sourceProblem(error: unknown, url: string): unknown {
  if (error instanceof WorkbenchError || error instanceof SourceAway) return error;
  if (!(error instanceof Error) || error.name === 'AbortError') return error;
  const { hostname } = new URL(url);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ATN_PRIVATE') return privateHost(error.message);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/u.test(code))
    return new WorkbenchError('FORBIDDEN', `The certificate of ${hostname} cannot be trusted, so nothing was fetched.`, { cause: error });
  return new SourceAway(code === 'ENOTFOUND' ? `${hostname} is not known` : `${hostname} does not answer`, { cause: error });
}
