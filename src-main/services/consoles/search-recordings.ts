import type { Recording } from '../../../src-shared/model/console.ts';
import { readMarks, readRecording, timeAt } from './recording-file.ts';

export interface Hit {
  recordingId: string;
  offset: number;
  at: number | null;
  line: string;
}

const PIECE = 1024 * 1024;
const LONGEST_LINE = 500;
/** Codes that steer a terminal: CSI, OSC and the short ones. */
const CODES = new RegExp('\\u001b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?|[@-Z\\\\^_])', 'gu');

/** Lines with these words, whatever their case, newest recording first; yields to others between pieces. */
export async function searchRecordings(
  folder: string,
  recordings: readonly Recording[],
  { text, limit }: { text: string; limit: number },
): Promise<{ hits: Hit[]; more: boolean }> {
  const hits: Hit[] = [];
  const wanted = text.toLowerCase();
  for (const { id } of recordings) {
    const marks = readMarks(folder, id);
    for await (const { offset, line } of linesOf(folder, id)) {
      if (!line.toLowerCase().includes(wanted)) continue;
      if (hits.length === limit) return { hits, more: true };
      hits.push({ recordingId: id, offset, at: timeAt(marks, offset), line: line.slice(0, LONGEST_LINE) });
    }
  }
  return { hits, more: false };
}

/** Lines that came between two times, oldest first; the newest `limit` of them. Lines without words are left out. */
export async function readLinesBetween(
  folder: string,
  recordings: readonly Recording[],
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<{ lines: { at: number; line: string }[]; cut: boolean }> {
  const lines: { at: number; line: string }[] = [];
  let cut = false;
  for (const { id } of recordings.filter(({ begin, end }) => begin <= to && (end ?? to) >= from).toReversed()) {
    const marks = readMarks(folder, id);
    for await (const { offset, line } of linesOf(folder, id)) {
      const at = timeAt(marks, offset);
      if (at === null || at < from || at > to || line.trim() === '') continue;
      lines.push({ at, line: line.slice(0, LONGEST_LINE) });
      if (lines.length > limit) cut = lines.shift() !== undefined;
    }
  }
  return { lines, cut };
}

async function* linesOf(folder: string, id: string): AsyncGenerator<{ offset: number; line: string }> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (;;) {
    const { bytes } = readRecording(folder, id, { offset: offset + rest.length, length: PIECE });
    const all = Buffer.concat([rest, bytes]);
    const last = bytes.length === 0;
    let from = 0;
    for (let end = all.indexOf(10, from); end !== -1; end = all.indexOf(10, from)) {
      yield { offset: offset + from, line: plain(all.subarray(from, end)) };
      from = end + 1;
    }
    // A line without end is taken in pieces, so that memory stays bounded.
    if (all.length > from && (last || all.length - from > PIECE)) {
      yield { offset: offset + from, line: plain(all.subarray(from)) };
      from = all.length;
    }
    if (last) return;
    offset += from;
    rest = Buffer.from(all.subarray(from));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function plain(bytes: Buffer): string {
  return bytes
    .toString('utf8')
    .replace(CODES, '')
    .replace(/\p{Cc}/gu, '');
}
