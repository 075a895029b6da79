import type { RecordItem } from '../../../../src-shared/model/record.ts';

export interface Found {
  readonly items: readonly RecordItem[];
  /** Goes on behind this item; null when the whole record was searched. */
  readonly resumeAt: number | null;
}

type Ask = (afterId: number) => Promise<Found>;

interface Search {
  readonly ask: Ask;
  readonly from: Found;
  /** Rows to find before the reader is asked whether there should be more. */
  readonly wanted: number;
  /** Told after each answer, the empty ones too: they say how far the search is. */
  readonly onPart: (found: Found) => void;
  readonly signal: AbortSignal;
}

export const NOT_SEARCHED: Found = { items: [], resumeAt: 0 };

/**
 * Each answer is bounded in time, so a large record answers in parts that may hold nothing at all: only the end of the record means that there
 * is nothing.
 */
export async function searchRecord({ ask, from, wanted, onPart, signal }: Search): Promise<void> {
  const least = from.items.length + wanted;
  let found = from;
  while (found.resumeAt !== null && found.items.length < least && !signal.aborted) {
    const part = await ask(found.resumeAt);
    if (signal.aborted) return;
    found = { items: [...found.items, ...part.items], resumeAt: part.resumeAt };
    onPart(found);
  }
}
