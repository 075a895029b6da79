import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface Slice {
  start: number;
  /** Inclusive. */
  end: number;
}

/** One range of `bytes=`; null = none asked for, or a form not served: then the whole file is a right answer. */
export function parseRange(header: string | undefined, size: number): Slice | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/u.exec(header?.trim() ?? '');
  if (match === null) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  const slice =
    from === ''
      ? { start: Math.max(0, size - Number(to)), end: size - 1 }
      : { start: Number(from), end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  return slice.start >= size || slice.end < slice.start ? 'unsatisfiable' : slice;
}

/** Answers GET and HEAD for one file of known size, whole or one range. A file that grows meanwhile is cut at `size`. */
export async function sendFile(exchange: Exchange, file: { file: string; size: number }, headers: Record<string, string>): Promise<void> {
  const { request, response } = exchange;
  const range = parseRange(request.headers.range, file.size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${file.size}` }).end();
    return;
  }
  const slice = range ?? { start: 0, end: file.size - 1 };
  const length = slice.end - slice.start + 1;
  const partial = range === null ? {} : { 'Content-Range': `bytes ${slice.start}-${slice.end}/${file.size}` };
  response.writeHead(range === null ? 200 : 206, { ...headers, ...partial, 'Accept-Ranges': 'bytes', 'Content-Length': String(length) });
  if (request.method === 'HEAD' || length === 0) response.end();
  else await sendStream(exchange, createReadStream(file.file, slice));
}

/** Pipes at the reader's pace. Either side going away ends both; a broken answer is cut, so no reader takes it for a whole one. */
export async function sendStream({ response }: Exchange, body: Readable): Promise<void> {
  try {
    await pipeline(body, response);
  } catch {
    response.destroy();
  }
}

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}
