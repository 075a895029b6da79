import { describe, expect, it } from 'vitest';
import { limitProblem, limitWords, NO_LIMITS, ShareLimits } from './share-limits.ts';

const zone = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);
const week = { days: [1, 2, 3, 4, 5], from: 480, to: 1080 };
const wanted = (begin: string, end: string | null, groups: string[] = []) => ({
  ...{ begin: at(begin), end: end === null ? null : at(end), groups, zone },
});

describe('with whom and when a machine is shared', () => {
  it('is with everybody and always where nothing is said', () => {
    expect(limitProblem('a', NO_LIMITS, wanted('2026-11-23T02:00Z', null))).toBeNull();
    expect(limitWords(NO_LIMITS)).toBe('with everybody');
  });

  it('asks for one of the groups', () => {
    const limits = { groups: ['firmware', 'storage'], hours: null };
    expect(limitProblem('a', limits, wanted('2026-11-23T02:00Z', null, ['storage']))).toBeNull();
    expect(limitProblem('a', limits, wanted('2026-11-23T02:00Z', null, ['sales']))).toBe('The lab shares a with firmware, storage only.');
  });

  it.each<[string, string, string | null, boolean]>([
    ['from its first to its last minute, by the clocks of the lab', '2026-11-23T07:00Z', '2026-11-23T17:00Z', true],
    ['a minute too early', '2026-11-23T06:59Z', '2026-11-23T10:00Z', false],
    ['a minute too late', '2026-11-23T10:00Z', '2026-11-23T17:01Z', false],
    ['over night', '2026-11-23T10:00Z', '2026-11-24T10:00Z', false],
    ['at the week end', '2026-11-28T10:00Z', '2026-11-28T11:00Z', false],
    ['in summer, when the same clocks show another hour', '2026-07-01T06:00Z', '2026-07-01T16:00Z', true],
    ['without an end', '2026-11-23T10:00Z', null, false],
  ])('%s', (_what, ...row) => {
    const [begin, end, fits] = row;
    const problem = limitProblem('a', { groups: [], hours: week }, wanted(begin, end));
    expect(problem === null).toBe(fits);
  });

  it('goes on over midnight where the hours of two days follow on each other', () => {
    const days = { groups: [], hours: { days: [1, 2], from: 0, to: 1440 } };
    expect(limitProblem('a', days, wanted('2026-11-23T10:00Z', '2026-11-24T20:00Z'))).toBeNull();
    expect(limitProblem('a', days, wanted('2026-11-23T10:00Z', '2026-11-25T02:00Z'))).not.toBeNull();
  });

  it('says it in words and takes no hours that end before they begin', () => {
    expect(limitWords({ groups: ['firmware'], hours: week })).toBe('with firmware, Mon to Fri 08:00 to 18:00');
    expect(limitWords({ groups: [], hours: { ...week, days: [6, 1] } })).toBe('with everybody, Mon, Sat 08:00 to 18:00');
    expect(ShareLimits.safeParse({ groups: [], hours: { days: [1], from: 600, to: 600 } }).success).toBe(false);
  });
});
