import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSelected } from '../../../../src-shared/model/match-selection.ts';
import type { TestSuite } from '../../../../src-shared/model/test-data.ts';
import { makeCaseTree } from './case-tree.ts';
import { flagsOf, picksFromNames, picksOf, selectionOf, takenOf, toggle } from './picks.ts';

const test = (name: string, ...tags: string[]) => ({ name, tags, doc: '', line: null, template: null });
const suite = (longName: string, tests: TestSuite['tests'], suites: TestSuite[] = []): TestSuite => ({
  name: longName.split('.').at(-1) ?? '',
  longName,
  path: '',
  kind: 'file',
  doc: '',
  tests,
  suites,
});
const root = suite(
  'Lab',
  [],
  [
    suite('Lab.Login', [test('Valid *user*', 'smoke', 'fast'), test('Invalid [user]?', 'smoke', 'slow')]),
    suite('Lab.Power', [test('On', 'slow'), test('Off')], [suite('Lab.Power.Cycle', [test('Once', 'fast'), test('Twice', 'smoke')])]),
  ],
);
const tree = makeCaseTree(root);
const names = (flags: readonly boolean[]): string[] => tree.cases.filter((_case, index) => flags[index] === true).map(({ name }) => name);

describe('what is chosen in the tree', () => {
  it('stands in ranges, suites below before own cases', () => {
    expect(tree.cases.map(({ longName }) => longName)).toEqual([
      'Lab.Login.Valid *user*',
      'Lab.Login.Invalid [user]?',
      'Lab.Power.Cycle.Once',
      'Lab.Power.Cycle.Twice',
      'Lab.Power.On',
      'Lab.Power.Off',
    ]);
  });

  it('is said as briefly as possible', () => {
    expect(picksOf(tree, flagsOf(tree, null))).toBeNull();
    const withoutOn = toggle(flagsOf(tree, null), { from: 4, to: 5 });
    expect(picksOf(tree, withoutOn)).toEqual({ suites: ['Lab.Login', 'Lab.Power.Cycle'], tests: ['Lab.Power.Off'] });
  });

  it('takes the rest of a suite first, and leaves all of it out then', () => {
    const power = { from: 2, to: 6 };
    const once = toggle(toggle(flagsOf(tree, null), { from: 4, to: 5 }), power);
    expect(picksOf(tree, once)).toBeNull();
    expect(names(toggle(once, power))).toEqual(['Valid *user*', 'Invalid [user]?']);
  });

  it('keeps nothing of what a revision no longer has', () => {
    expect(names(flagsOf(tree, { suites: ['Lab.Gone'], tests: ['Lab.Power.Off', 'Lab.Power.Gone'] }))).toEqual(['Off']);
  });

  it('is found by the names in an address', () => {
    expect(picksFromNames(tree, ['Lab.Power.Cycle'], ['On'])).toEqual({ suites: ['Lab.Power.Cycle'], tests: ['Lab.Power.On'] });
    expect(picksFromNames(tree, ['Login'], [])).toEqual({ suites: ['Lab.Login'], tests: [] });
    expect(picksFromNames(tree, ['Nothing'], [])).toBeNull();
  });
});

describe('what Robot is told', () => {
  it('takes exactly the cases that the page counts, whatever is chosen and tagged', () => {
    const tags = fc.uniqueArray(fc.constantFrom('smoke', 'slow', 'fast', 'smokeANDfast', 'NOTslow'), { maxLength: 2 });
    const flags = fc.array(fc.boolean(), { minLength: tree.cases.length, maxLength: tree.cases.length });
    fc.assert(
      fc.property(flags, tags, tags, (chosen, include, exclude) => {
        const taken = takenOf(tree, chosen, { include, exclude });
        fc.pre(taken.includes(true));
        const selection = selectionOf(tree, picksOf(tree, chosen), { include, exclude });
        expect(countSelected(root, selection)).toBe(taken.filter(Boolean).length);
      }),
    );
  });

  it('says suites as suites, so that the command line stays short', () => {
    expect(selectionOf(tree, { suites: ['Lab.Login'], tests: [] }, { include: ['smoke'], exclude: [] })).toEqual({
      include: ['smoke'],
      exclude: [],
      suites: ['Lab.Login'],
      tests: [],
    });
  });

  it('leaves it to the tags where the tree cannot be read', () => {
    const picks = { suites: ['Lab.Login'], tests: [] };
    expect(selectionOf(null, picks, { include: ['smoke'], exclude: [] })).toMatchObject({ include: ['smoke'], suites: [] });
  });
});
