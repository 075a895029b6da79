import type { Hunk } from '../../../../src-shared/model/test-data-change.ts';

export interface DiffRow {
  readonly kind: 'same' | 'removed' | 'added' | 'gap';
  readonly oldLine: number | null;
  readonly newLine: number | null;
  readonly text: string;
}

/** Lines that a page draws at once; a change of more is read in the revisions themselves. */
export const MOST_ROWS = 5000;

/** Numbered lines of all hunks, with a gap where lines between them are left out. `all`: how many there are. */
export function diffRows(hunks: readonly Hunk[]): { readonly rows: readonly DiffRow[]; readonly all: number } {
  const rows: DiffRow[] = [];
  for (const [place, hunk] of hunks.entries()) {
    if (place > 0) rows.push({ kind: 'gap', oldLine: null, newLine: null, text: `from line ${hunk.newStart}` });
    let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
    for (const { kind, text } of hunk.lines) {
      rows.push({ kind, text, oldLine: kind === 'added' ? null : oldLine, newLine: kind === 'removed' ? null : newLine });
      if (kind !== 'added') oldLine += 1;
      if (kind !== 'removed') newLine += 1;
    }
  }
  return { rows: rows.slice(0, MOST_ROWS), all: rows.length };
}
