import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, readRanges } from './byte-ranges.ts';

describe('a range', () => {
  it.each([
    ['bytes=0-0', [{ start: 0, end: 0 }]],
    ['bytes=10-', [{ start: 10, end: 99 }]],
    ['bytes=-5', [{ start: 95, end: 99 }]],
    ['bytes=-500', [{ start: 0, end: 99 }]],
    ['Bytes = 90-400', [{ start: 90, end: 99 }]],
    [
      'bytes=0-1, 50-59',
      [
        { start: 0, end: 1 },
        { start: 50, end: 59 },
      ],
    ],
    ['bytes=5-6,700-', [{ start: 5, end: 6 }]],
    ['bytes=100-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=9-3', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=a-b', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=0-80,10-90', 'whole'],
    [`bytes=${'0-0,'.repeat(20)}0-0`, 'whole'],
    [undefined, 'whole'],
  ])('%s', (header, wanted) => {
    expect(readRanges(header, 100)).toEqual(wanted);
  });
  it('whatever is asked, never reaches beyond the file nor sends more than it', () => {
    const number = fc.oneof(fc.constant(''), fc.nat(300).map(String));
    const parts = fc.array(
      fc.tuple(number, number).map(([from, to]) => `${from}-${to}`),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(parts, fc.nat(200), (asked, size) => {
        const slices = readRanges(`bytes=${asked.join(',')}`, size);
        if (typeof slices === 'string') return;
        for (const { start, end } of slices) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThan(size);
          expect(start).toBeLessThanOrEqual(end);
        }
        expect(lengthOf(slices)).toBeLessThanOrEqual(size);
      }),
    );
  });
});
