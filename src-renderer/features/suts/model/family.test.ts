import { expect, test } from 'vitest';
import { aboveOf, insideOf, possibleParents } from './family.ts';

const of = (name: string, parentId: string | null = null) => ({ id: name, name, parentId });
const LAB = new Map([of('box'), of('host', 'box'), of('vm-2', 'host'), of('vm-1', 'host'), of('lost', 'gone')].map((sut) => [sut.id, sut]));
const names = (suts: readonly { name: string }[]): string[] => suts.map(({ name }) => name);
const one = (id: string) => LAB.get(id) ?? of(id);

test('a machine stands in others, the outermost first; one whose parent is gone stands alone', () => {
  expect(names(aboveOf(one('vm-1'), LAB))).toEqual(['box', 'host']);
  expect(aboveOf(one('lost'), LAB)).toEqual([]);
  expect(names(insideOf('host', LAB.values()))).toEqual(['vm-1', 'vm-2']);
});

test('nothing can be put into itself or into what is in it', () => {
  expect(names(possibleParents('host', LAB))).toEqual(['box', 'lost']);
  expect(names(possibleParents(null, LAB))).toEqual(['box', 'host', 'lost', 'vm-1', 'vm-2']);
});

test('a circle, however it came about, does not hang', () => {
  const circle = new Map([of('a', 'b'), of('b', 'a')].map((sut) => [sut.id, sut]));
  expect(names(aboveOf(of('a', 'b'), circle))).toEqual(['a', 'b']);
});
