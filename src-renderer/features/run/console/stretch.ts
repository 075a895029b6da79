/** A part of the console file as the harness read it: `text` are the bytes from `offset` to before `next`, of `size` there are. */
export interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly next: number;
  readonly size: number;
}

/** Pieces that follow each other: what of the file is held. Kept as pieces, because bytes that are no UTF-8 cannot be counted in text. */
export interface Stretch {
  readonly pieces: readonly Piece[];
  /** Number of the first line held, counted from the first one ever held: less than 0 for lines that came before it. */
  readonly firstLine: number;
  readonly size: number;
}

export const NOTHING: Stretch = { pieces: [], firstLine: 0, size: 0 };

/** Bytes asked for at a time. */
export const PIECE = 262_144;
/** Held at most, in characters, at the end that a reader is not at; what left is fetched again when somebody goes there. */
export const MOST_HELD = 1_000_000;

export function beginOf({ pieces }: Stretch): number {
  return pieces[0]?.offset ?? 0;
}

export function endOf({ pieces }: Stretch): number {
  return pieces.at(-1)?.next ?? 0;
}

/** What came behind it; a piece that does not fit on begins a stretch of its own. */
export function append(held: Stretch, piece: Piece): Stretch {
  const last = held.pieces.at(-1);
  if (last?.next !== piece.offset) return { pieces: [piece], firstLine: 0, size: piece.size };
  const whole = joined(last, piece);
  const pieces = whole === null ? [...held.pieces, piece] : [...held.pieces.slice(0, -1), whole];
  let { firstLine } = held;
  while (tooLong(pieces)) firstLine += linesIn(pieces.shift());
  return { pieces, firstLine, size: piece.size };
}

export function prepend(held: Stretch, piece: Piece): Stretch {
  if (piece.next !== beginOf(held) || held.pieces.length === 0) return { pieces: [piece], firstLine: 0, size: piece.size };
  const pieces = [piece, ...held.pieces];
  while (tooLong(pieces)) pieces.pop();
  return { pieces, firstLine: held.firstLine - linesIn(piece), size: piece.size };
}

export function textOf({ pieces }: Stretch): string {
  return pieces.map(({ text }) => text).join('');
}

/** Many small pieces arrive while a run goes on: they become one. */
function joined(one: Piece, next: Piece): Piece | null {
  if (next.next - one.offset > PIECE) return null;
  return { text: one.text + next.text, offset: one.offset, next: next.next, size: next.size };
}

function tooLong(pieces: readonly Piece[]): boolean {
  return pieces.length > 1 && pieces.reduce((sum, { text }) => sum + text.length, 0) > MOST_HELD;
}

function linesIn(piece: Piece | undefined): number {
  return piece === undefined ? 0 : piece.text.split('\n').length - 1;
}
