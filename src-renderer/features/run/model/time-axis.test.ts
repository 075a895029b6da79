import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt, densityOf, hasRoom, nearEnough, nextMoment, placeOf, readingText, reveal, timeAt, valueAt, zoom } from './time-axis.ts';

const whole = { from: 1_000_000, to: 2_000_000 };
const moment = fc.integer({ min: whole.from, max: whole.to });

describe('the axis of time', () => {
  it('places a moment and finds it again', () => {
    fc.assert(
      fc.property(moment, (at) => {
        expect(timeAt(placeOf(at, whole) / 100, whole)).toBe(at);
      }),
    );
  });

  it('stays within the run however it is zoomed, and keeps the moment in view', () => {
    fc.assert(
      fc.property(moment, fc.array(fc.constantFrom(0.5, 2), { maxLength: 30 }), (around, factors) => {
        let span = whole;
        for (const factor of factors) {
          span = zoom(span, whole, { around, factor });
          expect(span.from).toBeGreaterThanOrEqual(whole.from - 1e-3);
          expect(span.to).toBeLessThanOrEqual(whole.to + 1e-3);
          expect(span.from).toBeLessThanOrEqual(around + 1e-3);
          expect(span.to).toBeGreaterThanOrEqual(around - 1e-3);
        }
      }),
    );
  });

  it('comes as near as makes what is short visible', () => {
    expect(nearEnough({ from: 1_200_000, to: 1_300_000 }, whole)).toBeNull();
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 9000 }), (from, length) => {
        const span = nearEnough({ from, to: from + length }, whole);
        expect(span).not.toBeNull();
        const near = span ?? whole;
        expect(near.from).toBeLessThanOrEqual(from + 1e-3);
        expect(near.to).toBeGreaterThanOrEqual(from - 1e-3);
        expect(near.to - near.from).toBeCloseTo(Math.max(50, length * 5), 3);
      }),
    );
  });

  it('moves just as far as it must', () => {
    const span = { from: 1_100_000, to: 1_200_000 };
    expect(reveal(span, whole, 1_150_000)).toBe(span);
    expect(reveal(span, whole, 1_900_000)).toEqual({ from: 1_850_000, to: 1_950_000 });
    expect(reveal(span, whole, whole.to)).toEqual({ from: 1_900_000, to: 2_000_000 });
  });

  it('finds the innermost test, the last reading, the next event', () => {
    const bars = [
      { item: 1, name: 'suite', status: 'passed', from: 0, to: 100 },
      { item: 2, name: 'test', status: 'failed', from: 10, to: 20 },
    ] as const;
    expect(barAt(bars, 15)?.item).toBe(2);
    expect(barAt(bars, 50)?.item).toBe(1);
    expect(barAt(bars, 500)).toBe(null);
    const points: [number, number][] = [
      [10, 1],
      [20, 2],
    ];
    expect([5, 10, 19, 20, 99].map((at) => valueAt({ points }, at))).toEqual([null, 1, 1, 2, 2]);
    expect([nextMoment([1, 5], 1, 1), nextMoment([1, 5], 5, 1), nextMoment([1, 5], 5, -1)]).toEqual([5, null, 1]);
    expect(densityOf([{ at: 0 }, { at: 1 }, { at: 60 }], { from: 0, to: 100 }, 2)).toEqual([1, 0.5]);
  });
});

describe('words on the axis', () => {
  it('stand only where the next event leaves them room, and readings have no noise', () => {
    expect(hasRoom([0, 5, 50, 95])).toEqual([false, true, true, true]);
    expect([readingText(12.120000000000001), readingText(5640), readingText(3.28)]).toEqual(['12.12', '5640', '3.28']);
  });
});
