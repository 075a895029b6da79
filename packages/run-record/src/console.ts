import { open, stat, type FileHandle } from 'node:fs/promises';

export interface ConsolePart {
  text: string;
  /** Where the text begins and where it goes on, in bytes: always between characters. */
  offset: number;
  next: number;
  size: number;
}

export interface ConsolePlace {
  /** Bytes; negative = before the end. */
  offset: number;
  limit: number;
  /** Nothing will be written any more: what is cut off at the very end is shown as it is. */
  ended: boolean;
}

/** The longest character of UTF-8 has three more bytes than its first. */
const MORE_BYTES = 3;

/** A part of the console as text, cut between characters. A file that is not there has not been written yet: it is empty. */
export async function readConsole(file: string, place: ConsolePlace): Promise<ConsolePart> {
  const handle = await openIfThere(file);
  if (handle === null) return { text: '', offset: 0, next: 0, size: 0 };
  try {
    const { size } = await handle.stat();
    const from = Math.min(size, place.offset < 0 ? Math.max(0, size + place.offset) : place.offset);
    const bytes = await readBytes(handle, from, Math.min(place.limit + MORE_BYTES, size - from));
    const start = firstWhole(bytes);
    const end = lastWhole(bytes, place.limit, place.ended && from + bytes.length >= size);
    const text = start < end ? bytes.toString('utf8', start, end) : '';
    return { text, offset: from + start, next: from + Math.max(start, end), size };
  } finally {
    await handle.close();
  }
}

/** Size in bytes, 0 while there is none: what a live view is told at each change. */
export async function consoleSize(file: string): Promise<number> {
  const found = await stat(file).catch(ifThere);
  return found?.size ?? 0;
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r');
  } catch (error) {
    return ifThere(error);
  }
}

function ifThere(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

async function readBytes(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, from);
  return bytes.subarray(0, bytesRead);
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Behind the rest of a character that began before: at most three bytes, more is no text and shown as such. */
function firstWhole(bytes: Buffer): number {
  let start = 0;
  while (start <= MORE_BYTES && isContinuation(bytes[start])) start += 1;
  return start > MORE_BYTES ? 0 : start;
}

/** The first end of a character at or behind `limit`; where the bytes end within one, its beginning, so that it comes whole next time. */
function lastWhole(bytes: Buffer, limit: number, final: boolean): number {
  if (bytes.length > limit) {
    let end = limit;
    while (end < bytes.length && end < limit + MORE_BYTES && isContinuation(bytes[end])) end += 1;
    return end;
  }
  return final ? bytes.length : bytes.length - unfinished(bytes);
}

/** How many bytes at the end are the beginning of a character whose rest is not there yet. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(MORE_BYTES, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back];
    if (isContinuation(byte)) continue;
    return byte !== undefined && lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

function lengthOf(first: number): number {
  if (first >= 0xf0 && first < 0xf8) return 4;
  if (first >= 0xe0) return first < 0xf0 ? 3 : 1;
  return first >= 0xc0 ? 2 : 1;
}
