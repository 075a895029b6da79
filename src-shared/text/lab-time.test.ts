import { describe, expect, it } from 'vitest';
import { isZone, labTime, zonesDiffer } from './lab-time.ts';

const WINTER = Date.UTC(2026, 10, 24, 2, 0);

describe('the time at a lab', () => {
  it('is what its own clock shows, the day included', () => {
    expect(labTime(WINTER, 'America/New_York')).toBe('21:00 on Mon 23 Nov');
    expect(labTime(WINTER, 'Asia/Kolkata')).toBe('07:30 on Tue 24 Nov');
    expect(labTime(Date.UTC(2026, 10, 24), 'UTC')).toBe('00:00 on Tue 24 Nov');
  });
  it('follows summer time at the instant that is meant, not today', () => {
    const before = Date.UTC(2026, 9, 25, 0, 30);
    expect(labTime(before, 'Europe/Berlin')).toBe('02:30 on Sun 25 Oct');
    expect(labTime(before + 3_600_000, 'Europe/Berlin')).toBe('02:30 on Sun 25 Oct');
    expect(labTime(before + 7_200_000, 'Europe/Berlin')).toBe('03:30 on Sun 25 Oct');
  });
  it('is another one only where the clocks differ', () => {
    expect(zonesDiffer(WINTER, 'Europe/Berlin', 'Europe/Paris')).toBe(false);
    expect(zonesDiffer(Date.UTC(2026, 9, 28), 'Europe/Berlin', 'America/New_York')).toBe(true);
  });
  it('knows what is no zone', () => {
    expect(['Europe/Berlin', 'UTC', '', 'Mars/Olympus', '+25:99'].map(isZone)).toEqual([true, true, false, false, false]);
  });
});
