import { describe, expect, it } from 'vitest';
import { axisOf, bucketsFor, spanBetween, ticksOf } from './axis.ts';

const at = (month: number, day: number, hours = 0): number => new Date(2026, month - 1, day, hours).getTime();
const now = at(11, 24, 14);

describe('the axis', () => {
  it('spans whole days up to tonight', () => {
    expect(axisOf('7d', { now, oldest: null })).toEqual({ from: at(11, 18), to: at(11, 25), buckets: 84 });
    expect(axisOf('any', { now, oldest: at(11, 20, 9) })).toMatchObject({ from: at(11, 20), to: at(11, 25) });
    expect(axisOf('any', { now, oldest: null })).toMatchObject({ from: at(11, 24), to: at(11, 25) });
  });

  it('does not begin after a clock that was set back', () => {
    expect(axisOf('any', { now, oldest: at(12, 1) }).from).toBe(at(11, 24));
  });

  it.each([
    [1, 48],
    [7, 84],
    [10, 80],
    [30, 60],
    [90, 90],
    [91, 91],
    [400, 100],
    [3000, 120],
  ])('%i days in %i buckets', (days, buckets) => expect(bucketsFor(days)).toBe(buckets));
});

describe('ticks', () => {
  const labels = (range: Parameters<typeof axisOf>[0], oldest: number | null = null): readonly string[] =>
    ticksOf(axisOf(range, { now, oldest })).map(({ label }) => label);
  it('are what a person would choose', () => {
    expect(labels('today').slice(0, 3)).toEqual(['00:00', '03:00', '06:00']);
    expect(labels('7d')).toEqual(['Wed 18', 'Thu 19', 'Fri 20', 'Sat 21', 'Sun 22', 'Mon 23', 'Tue 24']);
    expect(labels('30d').length).toBeLessThanOrEqual(12);
    expect(labels('any', at(11, 24) - 3 * 365 * 86_400_000).length).toBeLessThanOrEqual(13);
  });
});

describe('a drag', () => {
  const axis = axisOf('7d', { now, oldest: null });
  it('takes whole buckets, whatever its direction', () => {
    const half = { from: at(11, 18), to: at(11, 21, 14) };
    expect(spanBetween(axis, [0, 0.5])).toEqual(half);
    expect(spanBetween(axis, [0.5, -0.2])).toEqual(half);
  });
  it('that goes nowhere takes one bucket, and never more than there is', () => {
    expect(spanBetween(axis, [1.4, 1.4])).toEqual({ from: at(11, 24, 22), to: at(11, 25) });
  });
});
