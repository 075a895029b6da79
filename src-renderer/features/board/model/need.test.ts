import { expect, test } from 'vitest';
import { Need } from '../../../../src-shared/model/reservation.ts';
import { needOf } from './need.ts';

test('words are tags, comparisons are fields, numbers are compared as numbers', () => {
  const need = needOf(' uefi,25G cores>=16  rack=R3 ready=true ram<=512 ', 3);
  expect(need).toEqual({
    tags: ['uefi', '25G'],
    fields: [
      { key: 'cores', is: 'atLeast', value: 16 },
      { key: 'rack', is: 'equal', value: 'R3' },
      { key: 'ready', is: 'equal', value: true },
      { key: 'ram', is: 'atMost', value: 512 },
    ],
    count: 3,
  });
  expect(Need.safeParse(need).success).toBe(true);
});

test('nothing typed fits every machine; what only looks like a comparison is a tag', () => {
  expect(needOf('', 1)).toEqual({ tags: [], fields: [], count: 1 });
  expect(needOf('=x 9=y', 1).tags).toEqual(['=x', '9=y']);
});
