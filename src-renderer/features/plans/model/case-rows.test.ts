import { expect, it } from 'vitest';
import type { TestSuite } from '../../../../src-shared/model/test-data.ts';
import { caseRows, suiteKey } from './case-rows.ts';
import { makeCaseTree } from './case-tree.ts';

const suite = (longName: string, tests: readonly string[], suites: TestSuite[] = []): TestSuite => ({
  name: longName.split('.').at(-1) ?? '',
  longName,
  path: '',
  kind: 'file',
  doc: '',
  tests: tests.map((name) => ({ name, tags: [`tag ${name}`], doc: '', line: null, template: null })),
  suites,
});
const tree = makeCaseTree(suite('Lab', [], [suite('Lab.Login', ['Valid', 'Invalid']), suite('Lab.Power', ['On', 'Off'])]));
const shown = (text: string, ...open: string[]): string[] =>
  caseRows(tree, { text, open: new Set(open.map(suiteKey)) }).map(({ name, depth }) => `${depth} ${name}`);

it('shows what is open', () => {
  expect(shown('')).toEqual(['0 Lab']);
  expect(shown('', 'Lab', 'Lab.Power')).toEqual(['0 Lab', '1 Login', '1 Power', '2 On', '2 Off']);
});

it('opens the way to what is found, and leaves out the rest', () => {
  expect(shown('valid')).toEqual(['0 Lab', '1 Login', '2 Valid', '2 Invalid']);
  expect(shown('tag off')).toEqual(['0 Lab', '1 Power', '2 Off']);
  expect(shown('nowhere')).toEqual([]);
});

it('shows a suite found by its name with all that is in it', () => {
  expect(shown('power')).toEqual(['0 Lab', '1 Power']);
  expect(shown('power', 'Lab.Power')).toEqual(['0 Lab', '1 Power', '2 On', '2 Off']);
});
