import { expect, test } from 'vitest';
import type { RevisionFile, TestCase, TestSuite } from '../../../../src-shared/model/test-data.ts';
import { countIn, namesOf, sumsOf, toggleCases } from './chosen.ts';
import { caseFilter, fileFilter, rowsOf } from './filter.ts';
import { makeTree, type CaseItem, type SuiteTree } from './suite-tree.ts';

const one = (name: string, tags: string[] = [], doc = ''): TestCase => ({ name, tags, doc, line: 3, template: null });
const file = (path: string, longName: string, tests: TestCase[]): TestSuite => ({
  name: longName,
  longName,
  path,
  kind: 'file',
  doc: '',
  tests,
  suites: [],
});
const folder = (path: string, longName: string, suites: TestSuite[]): TestSuite => ({
  name: longName,
  longName,
  path,
  kind: 'directory',
  doc: '',
  tests: [],
  suites,
});

const root = folder('', 'Firmware', [
  folder('power', 'Firmware.Power', [
    file('power/01__on.robot', 'Firmware.Power.On', [one('Turns On', ['regression', 'Slow Ones']), one('Stays On')]),
  ]),
  file('02__sensors.robot', 'Firmware.Sensors', [one('Inlet', ['regression'], 'Below 32 degrees.'), one('Same'), one('Same')]),
]);
const files = ['power/01__on.robot', 'power/__init__.robot', '02__sensors.robot', 'keywords/fans.resource', 'lab.yaml'].map(
  (path): RevisionFile => ({ path, size: 1, sha256: '0'.repeat(64) }),
);
const tree = makeTree('firmware', { root }, files);
const all = (): boolean => true;
const of = (made: SuiteTree, key: string) => {
  const item = made.byKey.get(key);
  if (item === undefined) throw new Error(`no ${key}`);
  return item;
};
const names = (isSet: (one: CaseItem) => boolean) => namesOf(tree, isSet);

test('cases stand in order, each branch covers its own; other files stand in their folders', () => {
  expect(tree.cases.map(({ name }) => name)).toEqual(['Turns On', 'Stays On', 'Inlet', 'Same', 'Same']);
  expect(of(tree, 'power')).toMatchObject({ from: 0, to: 2, files: 1 });
  expect(of(tree, '02__sensors.robot')).toMatchObject({ name: '02__sensors', from: 2, to: 5 });
  expect(of(tree, 'keywords')).toMatchObject({ kind: 'folder', longName: null, files: 1, from: 5, to: 5 });
  expect(of(tree, 'lab.yaml').kind).toBe('file');
  expect(tree.above.get('power/01__on.robot::Turns On')).toEqual(['.', 'power', 'power/01__on.robot']);
});

test('two cases of one name have two keys', () => {
  expect(new Set(tree.cases.map(({ key }) => key)).size).toBe(5);
});

test('a single file and a revision that could not be read are trees, too', () => {
  const single = makeTree('s', { root: file('s.robot', 'S', [one('A')]) }, [{ path: 's.robot', size: 1, sha256: '0'.repeat(64) }]);
  expect(single.root.children.map(({ key }) => key)).toEqual(['s.robot']);
  expect(single.cases).toHaveLength(1);
  expect(makeTree('x', null, files).cases).toHaveLength(0);
});

test('ticking counts, and a filter keeps what it hides', () => {
  const power = toggleCases(new Set(), tree.cases.slice(0, 2));
  const sums = sumsOf(tree.cases, ({ key }) => power.has(key));
  expect(countIn(sums, tree.root)).toBe(2);
  expect(countIn(sums, of(tree, '02__sensors.robot'))).toBe(0);
  const regression = caseFilter({ text: '', tags: ['regression'] });
  const more = toggleCases(power, tree.cases.filter(regression));
  expect([...more]).toHaveLength(3);
  const less = toggleCases(more, tree.cases.filter(regression));
  expect([...less]).toEqual(['power/01__on.robot::Stays On']);
});

test('the shortest names: nothing for everything, suites where all is taken, else cases', () => {
  expect(names(all)).toEqual({ suites: [], tests: [] });
  expect(names(({ path }) => path === '02__sensors.robot')).toEqual({ suites: ['Firmware.Sensors'], tests: [] });
  expect(names(({ path, name }) => path.startsWith('power') || name === 'Inlet')).toEqual({
    suites: ['Firmware.Power'],
    tests: ['Firmware.Sensors.Inlet'],
  });
  expect(names(() => false)).toEqual({ suites: [], tests: [] });
});

test('a filter finds names, files, tags and documentation; tags narrow', () => {
  const found = (text: string, tags: string[] = []) => tree.cases.filter(caseFilter({ text, tags })).map(({ name }) => name);
  expect(found('DEGREES')).toEqual(['Inlet']);
  expect(found('power on')).toEqual(['Turns On', 'Stays On']);
  expect(found('', ['slow_ones'])).toEqual(['Turns On']);
  expect(found('', ['regression', 'slow ones'])).toEqual(['Turns On']);
});

test('rows: closed branches hide, a filter leaves only the way to what it found', () => {
  const plain = { shownCases: null, showsCase: all, showsFile: all };
  expect(rowsOf(tree.root, { ...plain, isOpen: () => false }).map(({ key }) => key)).toEqual(['.']);
  expect(rowsOf(tree.root, { ...plain, isOpen: ({ key }) => key === '.' }).map(({ key }) => key)).toEqual([
    '.',
    'power',
    '02__sensors.robot',
    'keywords',
    'lab.yaml',
  ]);
  const filter = { text: 'fans', tags: [] };
  const sums = sumsOf(tree.cases, caseFilter(filter));
  const view = {
    isOpen: all,
    shownCases: (range: { from: number; to: number }) => countIn(sums, range),
    showsCase: caseFilter(filter),
    showsFile: fileFilter(filter),
  };
  expect(rowsOf(tree.root, view).map(({ key }) => key)).toEqual(['.', 'keywords', 'keywords/fans.resource']);
});
