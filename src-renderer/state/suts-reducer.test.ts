import { describe, expect, it } from 'vitest';
import type { Sut } from '../../src-shared/model/sut.ts';
import { reduceSuts, type SutsState } from './suts-reducer.ts';

const EMPTY: SutsState = { known: false, byId: new Map(), order: [] };
const sut = (id: string, name: string, reservedBy: string | null = null): Sut => ({ id, name, reservedBy }) as Sut;

describe('the feed of machines', () => {
  it('orders by name as people count: 2 before 10', () => {
    const { order, known } = reduceSuts(EMPTY, [
      { type: 'snapshot', seq: 1, suts: [sut('c', 'r650-10'), sut('b', 'R650-2'), sut('a', 'dl380-07')] },
    ]);
    expect([order, known]).toEqual([['a', 'b', 'c'], true]);
  });

  it('keeps the very same order while only facts change', () => {
    const before = reduceSuts(EMPTY, [{ type: 'snapshot', seq: 1, suts: [sut('a', 'a'), sut('b', 'b')] }]);
    const after = reduceSuts(before, [{ type: 'changed', seq: 2, suts: [sut('a', 'a', 'mira')], removed: [] }]);
    expect(after.order).toBe(before.order);
    expect(after.byId.get('a')?.reservedBy).toBe('mira');
  });

  it('forgets what was removed, and everything before a new snapshot', () => {
    const before = reduceSuts(EMPTY, [{ type: 'snapshot', seq: 1, suts: [sut('a', 'a'), sut('b', 'b')] }]);
    expect(reduceSuts(before, [{ type: 'changed', seq: 2, suts: [], removed: ['a'] }]).order).toEqual(['b']);
    expect(reduceSuts(before, [{ type: 'snapshot', seq: 3, suts: [sut('c', 'c')] }]).order).toEqual(['c']);
  });
});
