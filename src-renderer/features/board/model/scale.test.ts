import { describe, expect, it, vi } from 'vitest';
import { headsOf, nightsOf, scaleAt, shareOf, snapped, stepped, ticksOf, timeAt } from './scale.ts';

const HOUR = 3_600_000;
// Formats take the zone when they are made, so it is set before anything is loaded.
vi.hoisted(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
const at = (text: string): number => Date.parse(text);

describe('the scale of the board', () => {
  it('begins two hours back, at an even hour, and goes over 32 hours', () => {
    const scale = scaleAt('hours', at('2026-11-24T14:32:00+01:00'));
    expect([scale.from, scale.to]).toEqual([at('2026-11-24T12:00:00+01:00'), at('2026-11-25T20:00:00+01:00')]);
    expect(
      ticksOf(scale)
        .map(({ label }) => label)
        .slice(0, 8),
    ).toEqual(['12', '14', '16', '18', '20', '22', '00', '02']);
    expect(headsOf(scale).map(({ label }) => label)).toEqual(['Tuesday 24', 'Wednesday 25']);
    expect(nightsOf(scale)).toEqual([
      { from: at('2026-11-24T19:00:00+01:00'), to: at('2026-11-25T07:00:00+01:00') },
      { from: at('2026-11-25T19:00:00+01:00'), to: at('2026-11-25T20:00:00+01:00') },
    ]);
  });
  it('has a day of 23 and one of 25 hours when the clocks change, with ticks at the hours of the clock', () => {
    const spring = scaleAt('day', at('2027-03-28T12:00:00+02:00'));
    expect((spring.to - spring.from) / HOUR).toBe(23);
    expect(ticksOf(spring).map(({ label }) => label)).toEqual(['00', '03', '05', '07', '09', '11', '13', '15', '17', '19', '21', '23']);
    const autumn = scaleAt('day', at('2026-10-25T12:00:00+01:00'));
    expect((autumn.to - autumn.from) / HOUR).toBe(25);
    expect(new Set(ticksOf(autumn).map((tick) => tick.at)).size).toBe(ticksOf(autumn).length);
  });
  it('goes from time to place and back', () => {
    const scale = scaleAt('week', at('2026-11-24T14:32:00+01:00'));
    const moment = at('2026-11-26T09:00:00+01:00');
    expect(timeAt(scale, shareOf(scale, moment))).toBeCloseTo(moment, 0);
    expect(ticksOf(scale)).toHaveLength(14);
  });
  it('snaps to half hours of the clock, and steps by its span over a change of clocks', () => {
    const day = scaleAt('day', at('2027-03-28T12:00:00+02:00'));
    expect(snapped(day, at('2027-03-28T09:44:00+02:00'))).toBe(at('2027-03-28T09:30:00+02:00'));
    expect(scaleAt('day', stepped('day', at('2027-03-27T12:00:00+01:00'), 1)).from).toBe(day.from);
    expect(stepped('hours', 0, -1)).toBe(-16 * HOUR);
  });
});
