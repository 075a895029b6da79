import { describe, expect, it } from 'vitest';
import { formatClock, formatDayHead, formatFull, formatPerson, formatPreciseClock, formatStart, formatWhen } from './format.ts';

// Local times on purpose: the page shows the reader's own clock.
const at = (day: number, ...[hour = 0, minute = 0, second = 0]: readonly number[]): number =>
  new Date(2026, 10, day, hour, minute, second, 7).getTime();
const now = at(24, 14, 32);

describe('moments', () => {
  it('is as short as its day allows', () => {
    expect(formatWhen(at(24, 14, 6), now)).toBe('14:06');
    expect(formatWhen(at(23, 20, 14), now)).toBe('Mon 20:14');
    expect(formatWhen(at(2, 9, 5), now)).toBe('2 Nov 09:05');
    expect(formatWhen(new Date(2025, 4, 1, 9, 5).getTime(), now)).toBe('1 May 2025 09:05');
  });

  it('heads the rows of a day', () => {
    expect(formatDayHead(at(24, 0, 1), now)).toBe('Today, 24 November');
    expect(formatDayHead(at(23, 23, 59), now)).toBe('Yesterday, 23 November');
    expect(formatDayHead(at(22, 12, 0), now)).toBe('Sunday 22 November');
  });

  it('is precise where a person looks for it', () => {
    expect(formatClock(at(24, 14, 6, 31))).toBe('14:06:31');
    expect(formatPreciseClock(at(24, 0, 0, 5))).toBe('00:00:05.007');
    expect(formatStart(at(24, 14, 6, 31), now)).toBe('24 Nov 14:06:31');
    expect(formatFull(at(24, 14, 6, 31))).toMatch(/Tue,? 24 November 2026.*14:06:31\.007/u);
  });

  it('calls the reader you', () => {
    expect(formatPerson('mira', 'mira')).toBe('you');
    expect(formatPerson('Priya Raman', 'mira')).toBe('Priya Raman');
  });
});
