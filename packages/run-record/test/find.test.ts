import { describe, expect, it } from 'vitest';
import { find, inOneBatch, putItems, putMessages } from '../src/index.ts';
import { fixture, smallRun } from './fixture.ts';

const ids = (result: ReturnType<typeof find>): number[] => result.items.map((each) => each.id);

describe('find', () => {
  it('looks into names, owners, arguments and messages, each item once', () => {
    const { record } = fixture(smallRun);
    expect(ids(find(record, 'login', { limit: 9 }))).toEqual([2]);
    expect(ids(find(record, 'builtin', { limit: 9 }))).toEqual([4]);
    expect(ids(find(record, 'say "hi"', { limit: 9 }))).toEqual([4]);
    expect(ids(find(record, 'no power', { limit: 9 }))).toEqual([5, 9, 10]);
  });

  it('takes signs of patterns for themselves', () => {
    const { record } = fixture(smallRun);
    expect(ids(find(record, '100%', { limit: 9 }))).toEqual([4]);
    expect(ids(find(record, '1_0', { limit: 9 }))).toEqual([]);
    expect(ids(find(record, '\\', { limit: 9 }))).toEqual([]);
  });

  it('stops at the limit and goes on behind it', () => {
    const { record } = fixture(smallRun);
    const first = find(record, 'no power', { limit: 2 });
    expect([ids(first), first.continueAfter]).toEqual([[5, 9], 9]);
    const second = find(record, 'no power', { limit: 2, afterId: 9 });
    expect([ids(second), second.continueAfter]).toEqual([[10], null]);
  });

  it('pauses when its time is over and finds the rest later', () => {
    const { record } = fixture((writer) =>
      inOneBatch(writer, () => {
        const numbers = Array.from({ length: 9_000 }, (_, index) => index + 1);
        putItems(
          writer,
          numbers.map((id) => ({ id, parent: id === 1 ? null : 1, kind: 'keyword', name: `Step ${id}` })),
        );
        putMessages(writer, [{ item: 8_999, text: 'the needle' }]);
      }),
    );
    const first = find(record, 'needle', { limit: 1, budgetMilliseconds: 0 });
    expect([ids(first), first.continueAfter]).toEqual([[], 4_000]);
    expect(ids(find(record, 'needle', { limit: 1, afterId: 4_000 }))).toEqual([8_999]);
  });
});
