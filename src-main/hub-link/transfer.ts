import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HARNESS_HEADER } from '../../src-shared/protocol/messages.ts';

/** What a link shows when it fetches and brings files: only the present session of an approved harness counts. */
export interface Shown {
  harnessId: string;
  session: string;
}

/** The hub answered, and not with what was asked for. */
export class RefusedTransfer extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A part of a file may take so long; the next try goes on behind it. */
const PATIENCE_MS = 600_000;

/** Fetches into `file`, going on behind what is there of it. `size`: bytes of the whole. Rejects with RefusedTransfer or what went wrong on the way. */
export async function fetchFile(
  url: string,
  shown: Shown,
  { file, size, signal }: { file: string; size: number; signal: AbortSignal },
): Promise<void> {
  const there = (await stat(file).catch(() => null))?.size ?? 0;
  if (there >= size) return;
  const response = await fetch(url, {
    headers: { ...headersOf(shown), range: `bytes=${there}-` },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  if (response.status !== 206 || response.body === null) throw await refusal(response);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(file, { flags: 'a' }), { signal });
}

/** Brings what lies behind `offset`. */
export async function sendFile(
  url: string,
  shown: Shown,
  { file, offset, signal }: { file: string; offset: number; signal: AbortSignal },
): Promise<void> {
  const response = await fetch(`${url}?offset=${offset}`, {
    method: 'PUT',
    headers: { ...headersOf(shown), 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file, { start: offset })),
    duplex: 'half',
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  if (!response.ok) throw await refusal(response);
}

export async function sendJson(url: string, shown: Shown, message: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headersOf(shown), 'content-type': 'application/json' },
    body: JSON.stringify(message),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

function headersOf({ harnessId, session }: Shown): Record<string, string> {
  return { authorization: `Bearer ${session}`, [HARNESS_HEADER]: harnessId };
}

async function refusal(response: Response): Promise<RefusedTransfer> {
  const text = (await response.text().catch(() => '')).slice(0, 500);
  return new RefusedTransfer(response.status, `The hub answered ${response.status}: ${text}`);
}
