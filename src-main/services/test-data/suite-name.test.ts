import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestSuite } from '../../../src-shared/model/test-data.ts';
import { suiteNameOf, underName } from './suite-name.ts';

describe('the name of the root suite', () => {
  it.each([
    ['login', 'Login'],
    ['my_suites', 'My Suites'],
    ['01__first_things', 'First Things'],
    ['trailing__', 'Trailing'],
    ['PowerTests', 'PowerTests'],
    ["don't v1.2b", "Don'T V1.2B"],
    ['ünï_test', 'Ünï Test'],
    ['ßtraße', 'Sstraße'],
    ['中文', '中文'],
    [' \n ', 'Suites'],
    ['', 'Suites'],
  ])('of %j is %j', (base, name) => expect(suiteNameOf(base)).toBe(name));

  it('is one line and never empty', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (base) => /^\S(?:[^\p{Cc}]*\S)?$/u.test(suiteNameOf(base))));
  });
});

it('a tree under another name has it at the beginning of every long name, whatever dots are in names', () => {
  const suite = (longName: string, suites: TestSuite[] = []): TestSuite => ({
    ...{ name: longName, longName, path: '', kind: 'directory', doc: '', tests: [] },
    suites,
  });
  const tree = underName(suite('A.b', [suite('A.b.C', [suite('A.b.C.d.e')])]), 'X.Y');
  expect([tree.name, tree.longName, tree.suites[0]?.longName, tree.suites[0]?.suites[0]?.longName]).toEqual([
    'X.Y',
    'X.Y',
    'X.Y.C',
    'X.Y.C.d.e',
  ]);
});
