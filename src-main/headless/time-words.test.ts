import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durationFrom, timeFrom } from './time-words.ts';
import { UsageError } from './usage.ts';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});
const hour = 3_600_000;

describe('times of the command line', () => {
  it('are the next such time here, also over the night in which the clocks change', () => {
    const evening = Date.parse('2027-03-27T20:00:00+01:00');
    expect(timeFrom('21:30', 'until', evening)).toBe(evening + 1.5 * hour);
    // The night has 23 hours: eight in the morning is eleven hours away, not twelve.
    expect(timeFrom('08:00', 'until', evening)).toBe(evening + 11 * hour);
    expect(timeFrom('20:00', 'until', evening)).toBe(evening + 23 * hour);
  });
  it('may name a date, and another zone', () => {
    expect(timeFrom('2026-11-24T14:30', 'from', 0)).toBe(Date.UTC(2026, 10, 24, 13, 30));
    expect(timeFrom('2026-11-24 14:30Z', 'from', 0)).toBe(Date.UTC(2026, 10, 24, 14, 30));
    expect(timeFrom('2026-11-24T14:30-08:00', 'from', 0)).toBe(Date.UTC(2026, 10, 24, 22, 30));
  });
  it.each(['25:00', '14:60', 'tomorrow', '2026-11-24', '2026-13-24T14:30', ''])('refuse %j', (text) => {
    expect(() => timeFrom(text, 'from', 0)).toThrow(UsageError);
  });
});

describe('durations of the command line', () => {
  it('add up', () => expect([durationFrom('90m', 'for'), durationFrom('1d2h', 'for')]).toEqual([1.5 * hour, 26 * hour]));
  it.each(['', '2', 'h', '0m', '2h x', '-1h', '1.5h'])('refuse %j', (text) => {
    expect(() => durationFrom(text, 'for')).toThrow(UsageError);
  });
});
