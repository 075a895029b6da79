import { expect, test } from 'vitest';
import type { Reservation } from '../../src-shared/model/reservation.ts';
import { endsSoon } from './ends-soon.ts';

const MINUTE = 60_000;
const hold = (part: Partial<Reservation>) =>
  ({ state: 'active', begin: 0, end: 120 * MINUTE, endsWithRuns: false, ...part }) as Reservation;

test('the end of a hold is near in its last ten minutes, unless it is as short as that or belongs to a run', () => {
  expect([109, 110, 119, 120].map((minute) => endsSoon(hold({}), minute * MINUTE))).toEqual([false, true, true, false]);
  expect(endsSoon(hold({ end: 10 * MINUTE }), 5 * MINUTE)).toBe(false);
  expect(endsSoon(hold({ end: null }), 0)).toBe(false);
  expect(endsSoon(hold({ endsWithRuns: true }), 115 * MINUTE)).toBe(false);
  expect(endsSoon(hold({ state: 'ending' }), 115 * MINUTE)).toBe(false);
});
