import { expect, it } from 'vitest';
import type { TestSuite } from './test-data.ts';
import { countSelected } from './match-selection.ts';

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
    suite('Lab.Login', [test('Valid *user*', 'smoke', 'Owner Anna'), test('Invalid [user]', 'smoke', 'slow')]),
    suite('Lab.Power', [test('Power on', 'slow'), test('Power_off')], [suite('Lab.Power.Cycle', [test('Cycle')])]),
  ],
);
const none = { include: [], exclude: [], suites: [], tests: [] };

it.each([
  [{}, 5],
  [{ suites: ['power'] }, 3],
  [{ suites: ['Lab.Power.Cycle'] }, 1],
  [{ suites: ['Power.Cycle'] }, 1],
  [{ suites: ['Nothing'] }, 0],
  [{ tests: ['power*'] }, 2],
  [{ tests: ['Lab.Power.PowerOff'] }, 1],
  [{ tests: ['Valid [*]user[*]'] }, 1],
  [{ tests: ['Invalid [[]user]'] }, 1],
  [{ tests: ['Cycle'], suites: ['Login'] }, 0],
  [{ include: ['SMOKE'] }, 2],
  [{ include: ['smokeANDslow'] }, 1],
  [{ include: ['smoke OR slow'] }, 3],
  [{ include: ['NOTslow'] }, 3],
  [{ include: ['owner_anna'] }, 1],
  [{ exclude: ['s*'] }, 2],
  [{ include: ['smoke'], tests: ['Cycle'] }, 3],
  [{ include: ['no-such.tag/(x)+{y}^$|\\'] }, 0],
  [{ include: ['[!a-z]*'] }, 0],
  [{ include: ['[p-t]*'] }, 3],
])('%j takes %i', (selection, count) => {
  expect(countSelected(root, { ...none, ...selection })).toBe(count);
});
