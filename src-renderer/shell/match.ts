/** A stretch of the label that matched, for the highlight. */
export interface Match {
  /** Higher is better; 0 = by words that are not in the label. */
  readonly score: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds text in a label: at its beginning, at the beginning of a word, inside; at last in the further words. Null: no match. All
 * words of the text must be found somewhere; the first one that is in the label is highlighted.
 */
export function matchLabel(text: string, label: string, words = ''): Match | null {
  const parts = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((part) => part !== '');
  if (parts.length === 0) return { score: 1, from: 0, to: 0 };
  const low = label.toLowerCase();
  const rest = words.toLowerCase();
  let best: Match | null = null;
  for (const part of parts) {
    const at = low.indexOf(part);
    if (at < 0 && !rest.includes(part)) return null;
    const score = at < 0 ? 0 : at === 0 ? 3 : /[\s_.\-/]/u.test(low[at - 1] ?? '') ? 2 : 1;
    if (best === null || score > best.score) best = { score, from: Math.max(at, 0), to: at < 0 ? 0 : at + part.length };
  }
  return best;
}
