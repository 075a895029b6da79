import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatDuration,
  formatElapsed,
  formatLeft,
  formatRough,
  formatShare,
} from './quantities.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('figures and units', () => {
  it('groups thousands and names amounts', () => {
    expect(formatCount(3418)).toBe('3,418');
    expect(formatAmount(1, 'run')).toBe('1 run');
    expect(formatAmount(0, 'run')).toBe('0 runs');
    expect(formatAmount(2, 'library', 'libraries')).toBe('2 libraries');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [2000, '2.0 KB'],
    [999_999, '1.0 MB'],
    [1_440_000_000, '1.4 GB'],
    [212e9, '212 GB'],
  ])('says %i bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [-5, '0 s'],
    [12_900, '12 s'],
    [3 * MINUTE + 2 * SECOND, '3 m 02 s'],
    [59 * MINUTE + 59_999, '59 m 59 s'],
    [18 * HOUR + 18 * MINUTE, '18 h 18 m'],
    [76 * HOUR, '3 d 04 h'],
  ])('says a duration of %i ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [0, '0 ms'],
    [0.4, '< 1 ms'],
    [41, '41 ms'],
    [204, '0.2 s'],
    [58_400, '58.4 s'],
    [59_960, '59.9 s'],
    [72_000, '1 m 12 s'],
  ])('says %d ms of a keyword as %s', (ms, text) => expect(formatElapsed(ms)).toBe(text));

  it.each([
    [-1, 'any moment'],
    [3 * SECOND, 'about 5 s left'],
    [38 * SECOND, 'about 40 s left'],
    [12 * MINUTE, 'about 12 min left'],
    [29 * HOUR + 40 * MINUTE, '29 h 40 m left'],
  ])('estimates %i ms as %s', (ms, text) => expect(formatLeft(ms)).toBe(text));

  it('keeps one unit where there is little room', () => {
    expect([40 * SECOND, 11 * MINUTE + SECOND, 18 * HOUR].map(formatRough)).toEqual(['40 s', '11 m', '18 h']);
  });

  it('never says 100 % before the end', () => {
    expect(formatShare(999, 1000)).toBe('99 %');
    expect(formatShare(1000, 1000)).toBe('100 %');
    expect(formatShare(0, 0)).toBe('0 %');
  });
});
