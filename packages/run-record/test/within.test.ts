import { describe, expect, it } from 'vitest';
import { itemsWithin, putItems, type Stretch } from '../src/index.ts';
import { fixture } from './fixture.ts';

const WHOLE: Stretch = { from: 0, to: 100_000, levels: 4, limit: 100, shortest: 0, budgetMilliseconds: 60_000 };
const took = (startedAt: number, milliseconds: number) => ({ startedAt, elapsedMicroseconds: milliseconds * 1000 });

/** Root > suite: a set-up, a test with a loop of a hundred seconds of iterations, a test that fails at once. */
function run() {
  return fixture((writer) =>
    putItems(writer, [
      { id: 1, parent: null, kind: 'suite', name: 'Root', status: 'running', startedAt: 0 },
      { id: 2, parent: 1, kind: 'suite', name: 'Fans', status: 'running', startedAt: 0 },
      { id: 3, parent: 2, kind: 'setup', name: 'Power On', status: 'passed', ...took(0, 1000) },
      { id: 4, parent: 2, kind: 'test', name: 'Loops', status: 'passed', ...took(1000, 98_000) },
      { id: 5, parent: 4, kind: 'for', name: 'FOR', status: 'passed', ...took(1000, 98_000) },
      ...Array.from({ length: 98 }, (_, index) => ({
        ...{ id: 6 + index, parent: 5, kind: 'iteration' as const, name: `round ${index}`, status: 'passed' as const },
        ...took(1000 + index * 1000, 1000),
      })),
      { id: 200, parent: 2, kind: 'test', name: 'Wrong', status: 'failed', ...took(99_000, 1) },
      { id: 201, parent: 200, kind: 'keyword', name: 'Fail', status: 'failed', ...took(99_000, 0) },
      { id: 202, parent: 2, kind: 'teardown', name: 'Goes On', status: 'running', startedAt: 99_500 },
    ]),
  ).record;
}

const names = (record: ReturnType<typeof run>, stretch: Partial<Stretch>) =>
  itemsWithin(record, { ...WHOLE, ...stretch }).items.map(({ item, level }) => `${level} ${item.name}`);

describe('what ran in a stretch of time', () => {
  it('is drawn level by level, what is too short left out unless it failed or runs', () => {
    expect(names(run(), { shortest: 2000 })).toEqual(['0 Loops', '1 FOR', '0 Wrong', '1 Fail', '0 Goes On']);
    expect(names(run(), { shortest: 2000, levels: 1 })).toEqual(['0 Loops', '0 Wrong', '0 Goes On']);
  });

  it('is what was there at some moment of it: begun before, ended after, or in between', () => {
    expect(names(run(), { from: 50_200, to: 51_500 })).toEqual(['0 Loops', '1 FOR', '2 round 49', '2 round 50']);
    expect(names(run(), { from: 200, to: 300 })).toEqual(['0 Power On']);
    expect(names(run(), { from: 200_000, to: 300_000 })).toEqual(['0 Goes On']);
  });

  it('says that there was more, and keeps the longest and what failed', () => {
    const { items, cut } = itemsWithin(run(), { ...WHOLE, limit: 2, levels: 1 });
    expect([items.map(({ item }) => item.name), cut]).toEqual([['Wrong', 'Goes On'], true]);
    expect(itemsWithin(run(), { ...WHOLE, limit: 98 }).cut).toBe(false);
  });

  it('finds the same as looking at every item does, wherever one looks', () => {
    const record = run();
    const all = itemsWithin(record, WHOLE).items;
    for (let from = 0; from < 99_000; from += 777) {
      const to = from + 1500;
      const expected = all.filter(
        ({ item: { startedAt, elapsedMicroseconds: elapsed } }) => startedAt <= to && startedAt + (elapsed ?? Infinity) / 1000 >= from,
      );
      expect(itemsWithin(record, { ...WHOLE, from, to }).items).toEqual(expected);
    }
  });
});
