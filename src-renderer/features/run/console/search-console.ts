import { consoleLines } from './console-text.ts';
import { PIECE, type Piece } from './stretch.ts';

/** A line that holds the text: the piece in which it begins, and which line of that piece it is. */
export interface Hit {
  readonly offset: number;
  readonly line: number;
  readonly text: string;
}

export interface Searched {
  readonly hits: readonly Hit[];
  /** Bytes searched so far; the line that ends there may go on. */
  readonly to: number;
  readonly size: number;
  /** There are more hits than anybody reads. */
  readonly full: boolean;
}

export const UNSEARCHED: Searched = { hits: [], to: 0, size: 0, full: false };
export const MOST_HITS = 5000;

interface Search {
  readonly read: (offset: number, limit: number) => Promise<Piece>;
  readonly text: string;
  readonly onPart: (searched: Searched) => void;
  readonly signal: AbortSignal;
}

/** Reads the whole file piece by piece, so that it is found wherever it is; tells after each piece. */
export async function searchConsole({ read, text, onPart, signal }: Search): Promise<void> {
  const needle = text.toLowerCase();
  const hits: Hit[] = [];
  /** The line that the piece before did not end. */
  let open: Hit = { offset: 0, line: 0, text: '' };
  const take = (line: Hit): void => {
    if (hits.length < MOST_HITS && (consoleLines(line.text)[0] ?? '').toLowerCase().includes(needle)) hits.push(line);
  };
  for (let at = 0, size = 1; at < size && hits.length < MOST_HITS && !signal.aborted;) {
    const piece = await read(at, PIECE);
    if (signal.aborted) return;
    const [rest = '', ...lines] = piece.text.split('\n');
    open = { ...open, text: open.text + rest };
    for (const [index, line] of lines.entries()) {
      take(open);
      open = { offset: piece.offset, line: index + 1, text: line };
    }
    const ended = piece.next >= piece.size || piece.next === at;
    if (ended) take(open);
    [at, size] = [ended ? piece.size : piece.next, piece.size];
    onPart({ hits: [...hits], to: piece.next, size, full: hits.length >= MOST_HITS });
  }
}
