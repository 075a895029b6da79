import { describe, expect, it } from 'vitest';
import { diffRows } from './diff-rows.ts';

const hunk = (oldStart: number, newStart: number, lines: readonly (readonly ['same' | 'removed' | 'added', string])[]) => ({
  oldStart,
  newStart,
  oldLines: lines.filter(([kind]) => kind !== 'added').length,
  newLines: lines.filter(([kind]) => kind !== 'removed').length,
  lines: lines.map(([kind, text]) => ({ kind, text })),
});

describe('lines of a difference', () => {
  it('numbers each side by its own lines', () => {
    const { rows } = diffRows([
      hunk(3, 3, [
        ['same', 'a'],
        ['removed', 'b'],
        ['added', 'c'],
        ['added', 'd'],
        ['same', 'e'],
      ]),
    ]);
    expect(rows.map(({ oldLine, newLine, text }) => [oldLine, newLine, text])).toEqual([
      [3, 3, 'a'],
      [4, null, 'b'],
      [null, 4, 'c'],
      [null, 5, 'd'],
      [5, 6, 'e'],
    ]);
  });

  it('says where the next piece begins, and how much there is', () => {
    const { rows, all } = diffRows([hunk(1, 1, [['added', 'x']]), hunk(40, 41, [['removed', 'y']])]);
    expect([rows[1], all]).toEqual([{ kind: 'gap', oldLine: null, newLine: null, text: 'from line 41' }, 3]);
  });
});
