const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

// CSI sequences (colours, cursor), OSC sequences (titles, clipboard) up to their end, and two-character escapes: none of them is obeyed.
const SEQUENCES = new RegExp(
  `${ESCAPE}(?:\\[[0-9;:?<=>!]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\^_]|[ -/]+[0-~])`,
  'gu',
);
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** Console output as plain lines: escape sequences leave, a carriage return begins its line anew, other control characters become dots. */
export function consoleLines(text: string): string[] {
  return text
    .replace(SEQUENCES, '')
    .replace(/\r+\n/gu, '\n')
    .split('\n')
    .map((line) => lastWriting(line).replace(CONTROLS, '·'));
}

/** A progress bar writes over itself: what stands last is what a terminal would show. */
function lastWriting(line: string): string {
  if (!line.includes('\r')) return line;
  return line.split('\r').reduce((shown, part) => part + shown.slice(part.length), '');
}

/** A stretch of a file: `text` begins at byte `from` and ends before byte `to`, of `size` bytes known. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly text: string;
}

export const NOTHING: Stretch = { from: 0, to: 0, size: 0, text: '' };
/** Held at most, in characters; what is older can be fetched again. */
export const MOST_HELD = 4_000_000;

interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly next: number;
  readonly size: number;
}

/** What was held and what came behind it; the oldest whole lines leave when it grows too long. */
export function appendPiece(held: Stretch, piece: Piece): Stretch {
  if (held.to !== piece.offset && held.text !== '') return { from: piece.offset, to: piece.next, size: piece.size, text: piece.text };
  const from = held.text === '' ? piece.offset : held.from;
  const text = held.text + piece.text;
  if (text.length <= MOST_HELD) return { from, to: piece.next, size: piece.size, text };
  const least = text.length - MOST_HELD;
  const cutAt = text.indexOf('\n', least - 1) + 1 || least;
  const dropped = new TextEncoder().encode(text.slice(0, cutAt)).length;
  return { from: from + dropped, to: piece.next, size: piece.size, text: text.slice(cutAt) };
}

/** What came before it, and what was held; the newest leaves when it grows too long. */
export function prependPiece(held: Stretch, piece: Piece): Stretch {
  const text = piece.text + held.text;
  if (text.length <= MOST_HELD) return { from: piece.offset, to: held.to, size: piece.size, text };
  const kept = text.slice(0, MOST_HELD);
  return { from: piece.offset, to: piece.offset + new TextEncoder().encode(kept).length, size: piece.size, text: kept };
}
