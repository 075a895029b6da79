import { expect, it } from 'vitest';
import { NOTHING_BROUGHT } from '../../src-shared/model/bring-limits.ts';
import { demandKnown } from './resolve-bringing.ts';

it('asks nothing of a lab that it would not understand and leave out', () => {
  for (const policy of ['{}', JSON.stringify({ runs: null, bring: null })]) {
    expect(() => demandKnown(policy, {})).toThrow('runs nothing for remote people');
    expect(() => demandKnown(policy, { libraries: [] })).toThrow('runs nothing for remote people');
  }
  const older = [null, JSON.stringify({ runs: false, bring: null })];
  for (const policy of older) {
    expect(() => demandKnown(policy, {})).not.toThrow();
    expect(() => demandKnown(policy, { libraries: [] })).toThrow('takes suites only');
    expect(() => demandKnown(policy, { image: {} })).toThrow('takes suites only');
  }
  // What it does not let in it refuses itself.
  expect(() => demandKnown(JSON.stringify({ runs: true, bring: NOTHING_BROUGHT }), { libraries: [], image: {} })).not.toThrow();
});
