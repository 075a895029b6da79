import { expect, test } from 'vitest';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import type { Block } from './blocks.ts';
import { freeOf, isGroup, linesOf } from './lines.ts';
import { scaleAt, ticksOf } from './scale.ts';

const sut = (name: string, part: Partial<Sut> = {}) =>
  ({ id: name, name, tags: [], parentId: null, maintainedBy: 'ada', maintenance: null, quarantine: null, ...part }) as unknown as Sut;
const SUTS = [sut('a', { tags: ['uefi'] }), sut('b'), sut('c', { tags: ['bios', 'uefi'], parentId: 'b' })];
const byId = new Map(SUTS.map((one) => [one.id, one]));
const drawn = (grouping: Parameters<typeof linesOf>[1]['grouping'], ...folded: string[]) =>
  linesOf(SUTS, { grouping, byId, folded: new Set(folded) }).map((line) =>
    isGroup(line) ? `[${line.group} ${line.suts.length}]` : line.name,
  );

test('machines stand below their groups, those of none last, and a folded group keeps only its head', () => {
  expect(drawn('none')).toEqual(['a', 'b', 'c']);
  expect(drawn('tag')).toEqual(['[bios 1]', 'c', '[uefi 1]', 'a', '[Without a tag 1]', 'b']);
  expect(drawn('tag', 'uefi')).toEqual(['[bios 1]', 'c', '[uefi 1]', '[Without a tag 1]', 'b']);
  expect(drawn('host')).toEqual(['[b 1]', 'c', '[Standing alone 2]', 'a', 'b']);
  expect(drawn('maintainer')).toEqual(['[ada 3]', 'a', 'b', 'c']);
});

test('a group counts what is free for a whole step; what is set aside never is', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0);
  const scale = scaleAt('hours', now);
  const [, second = 0, third = 0] = ticksOf(scale)
    .map(({ at }) => at)
    .filter((at) => at > now);
  const held = { begin: second + 60_000, end: third + 60_000 } as Block;
  const free = freeOf([sut('a'), sut('b', { quarantine: { evidence: 'x', by: 'ada', since: 0, runId: null } }), sut('c')], {
    blocks: new Map([['a', [held]]]),
    scale,
    now,
  });
  expect(free.every(({ to }) => to > now)).toBe(true);
  expect(free.find(({ at }) => at === second)?.free).toBe(1);
  expect(free.find(({ at }) => at === third)?.free).toBe(1);
  expect(free.at(-1)?.free).toBe(2);
});
