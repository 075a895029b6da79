import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hunk } from '../../../src-shared/model/test-data-change.ts';
import { compareLines, linesOf } from './compare-lines.ts';

/** Does to a text what the hunks say, each held against what it claims to find. */
function patch(before: readonly string[], hunks: readonly Hunk[]): string[] {
  const result: string[] = [];
  let read = 0;
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks) {
    while (read < oldStart - 1) result.push(before[read++] ?? '');
    expect(result.length).toBe(newStart - 1);
    const [readBefore, writtenBefore] = [read, result.length];
    for (const { kind, text } of lines) {
      if (kind !== 'added') expect(before[read++]).toBe(text);
      if (kind !== 'removed') result.push(text);
    }
    expect([read - readBefore, result.length - writtenBefore]).toEqual([oldLines, newLines]);
  }
  return [...result, ...before.slice(read)];
}

const text = fc.array(fc.constantFrom('', 'a', 'b', 'c', '    Log    1'), { maxLength: 40 });

describe('what differs between two texts', () => {
  it('done to the old one makes the new one', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(patch(before, compareLines(before, after))).toEqual(after);
      }),
      { numRuns: 2000 },
    );
  });
  it('is as short as can be, with three equal lines around it', () => {
    const before = Array.from({ length: 50 }, (_, place) => `line ${place + 1}`);
    const after = [...before.slice(0, 9), 'ten', ...before.slice(10, 40), ...before.slice(41)];
    expect(compareLines(before, after)).toMatchObject([
      { oldStart: 7, oldLines: 7, newStart: 7, newLines: 7 },
      { oldStart: 38, oldLines: 7, newStart: 38, newLines: 6 },
    ]);
    expect(compareLines(before, before)).toEqual([]);
  });
  it('of texts that have nothing in common is told as one block, and in time', () => {
    const [before, after] = ['x', 'y'].map((mark) => Array.from({ length: 30_000 }, (_, place) => `${mark}${place}`));
    const begin = performance.now();
    const hunks = compareLines(before ?? [], after ?? []);
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(hunks).toMatchObject([{ oldStart: 1, oldLines: 30_000, newStart: 1, newLines: 30_000 }]);
  });
});

it('lines have no ends, whichever those are', () => {
  expect(linesOf('a\r\nb\nc\rd\n')).toEqual(['a', 'b', 'c', 'd']);
  expect([linesOf(''), linesOf('\n'), linesOf('a')]).toEqual([[], [''], ['a']]);
});
