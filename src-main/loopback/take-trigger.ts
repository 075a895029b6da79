import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERRORS } from '../../src-shared/contract/errors.ts';
import { asWorkbenchError } from '../errors.ts';
import type { Harness } from '../harness.ts';

/** What builds and repositories send is far smaller. */
const MAX_BODY_BYTES = 1024 * 1024;
const PREFIX = '/triggers/';

/** Triggers bring no login: each has a secret of its own, which starts its plan and opens nothing else. */
export const isForTrigger = (path: string): boolean => path.startsWith(PREFIX);

/** 202 with the runs that it has started; all else is a refusal with a sentence. */
export async function takeTrigger(harness: Harness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (request.method !== 'POST') return say(response, 405, { message: 'A trigger is started with POST.', headers: { Allow: 'POST' } });
  const body = await readBody(request);
  if (body === null)
    return say(response, 413, { message: `The body is larger than ${MAX_BODY_BYTES / 1024} KiB.`, headers: { Connection: 'close' } });
  try {
    const taken = await harness.trigger(pathname.slice(PREFIX.length), { headers: request.headers, body });
    if (taken.kind === 'pinged') return say(response, 200, { message: 'This trigger is there.' });
    if (taken.kind === 'tooMany') {
      const seconds = Math.ceil(taken.retryAfterMs / 1000);
      return say(response, 429, { message: `Too many at once. Try again in ${seconds} s.`, headers: { 'Retry-After': String(seconds) } });
    }
    const { delivery, runs, repeated } = taken;
    say(response, 202, { delivery, runs, repeated });
  } catch (error) {
    const { code, message, data } = asWorkbenchError(error);
    const hidden = code === 'INTERNAL';
    const reasons = data.reasons.map((reason) => reason.message);
    say(response, ERRORS[code].status, { code, message: hidden ? ERRORS.INTERNAL.message : message, reasons });
  }
}

interface Said {
  [part: string]: unknown;
  headers?: Record<string, string>;
}

/** Null: it is too large, and the rest of it was not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function say(response: ServerResponse, status: number, { headers, ...body }: Said): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(`${JSON.stringify(body)}\n`);
}
