import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { append, beginOf, endOf, MOST_HELD, NOTHING, prepend, textOf, type Piece, type Stretch } from './stretch.ts';

const piece = (offset: number, text: string): Piece => ({ offset, text, next: offset + text.length, size: 10_000_000 });
const place = (held: Stretch) => ({ from: beginOf(held), to: endOf(held), text: textOf(held) });

describe('the stretch of a console that is held', () => {
  it('grows at both ends', () => {
    const tail = append(NOTHING, piece(40, 'cd'));
    expect(place(append(tail, piece(42, 'ef')))).toEqual({ from: 40, to: 44, text: 'cdef' });
    expect(place(prepend(tail, piece(38, 'ab')))).toEqual({ from: 38, to: 42, text: 'abcd' });
  });

  it('begins anew where a piece does not fit on', () => {
    const held = append(NOTHING, piece(0, 'abcd'));
    expect(place(append(held, piece(50, 'x')))).toEqual({ from: 50, to: 51, text: 'x' });
    expect(place(prepend(append(NOTHING, piece(50, 'x')), piece(0, 'abcd')))).toEqual({ from: 0, to: 4, text: 'abcd' });
  });

  it('lets the far end go when it grows too long', () => {
    const part = `${'x'.repeat(299_999)}\n`;
    const pieces = Array.from({ length: 5 }, (_, index) => piece(index * part.length, part));
    const down = pieces.reduce(append, NOTHING);
    expect(textOf(down).length).toBeLessThanOrEqual(MOST_HELD);
    expect([beginOf(down), endOf(down), down.firstLine]).toEqual([2 * part.length, 5 * part.length, 2]);
    const up = pieces.toReversed().reduce(prepend, NOTHING);
    expect([beginOf(up), endOf(up), up.firstLine]).toEqual([0, 3 * part.length, -4]);
  });

  it('numbers a line the same whatever is held', () => {
    const file = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 300 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        (size, at, moves) => {
          let held = append(NOTHING, piece(at, file.slice(at, at + size)));
          const origin = file.slice(0, at).split('\n').length - 1;
          for (const down of moves) {
            const [begin, end] = [beginOf(held), endOf(held)];
            if (down && end < file.length) held = append(held, piece(end, file.slice(end, end + size)));
            const from = Math.max(0, begin - size);
            if (!down && begin > 0) held = prepend(held, piece(from, file.slice(from, begin)));
          }
          expect(textOf(held)).toBe(file.slice(beginOf(held), endOf(held)));
          expect(held.firstLine + origin).toBe(file.slice(0, beginOf(held)).split('\n').length - 1);
        },
      ),
    );
  });
});
