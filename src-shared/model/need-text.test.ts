import { expect, it } from 'vitest';
import { readConditions } from './need-text.ts';

it.each([
  ['', []],
  ['memory GB >= 64', [{ key: 'memory GB', is: 'atLeast', value: 64 }]],
  [
    'vendor=Dell, cores <= 32,',
    [
      { key: 'vendor', is: 'equal', value: 'Dell' },
      { key: 'cores', is: 'atMost', value: 32 },
    ],
  ],
])('reads the conditions %s', (text, fields) => {
  expect(readConditions(text)).toEqual(fields);
});

it.each(['much memory', 'memory >= lots', '= 3'])('says what is wrong with %s', (text) => {
  expect(readConditions(text)).toHaveProperty('problem');
});
