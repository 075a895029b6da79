import { describe, expect, it } from 'vitest';
import { GroupedWrites } from './grouped-writes.ts';
import { openStore } from './open-store.ts';

describe('writes in a group', () => {
  it('come in the order of their rows, each with its own answer, or all fail', async () => {
    const store = await openStore({ kind: 'sqlite', file: ':memory:' });
    const writes = new GroupedWrites(store, 0);
    const order: string[] = [];
    const write = (key: string) =>
      writes.add(key, (transaction) => {
        order.push(key);
        return transaction
          .selectFrom('harness')
          .select('id')
          .where('id', '=', key)
          .execute()
          .then(() => `of ${key}`);
      });
    expect(await Promise.all(['c', 'a', 'b'].map(write))).toEqual(['of c', 'of a', 'of b']);
    expect(order).toEqual(['a', 'b', 'c']);
    const failing = writes.add('a', () => Promise.reject(new Error('no')));
    const outcomes = await Promise.allSettled([failing, write('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await write('d')).toBe('of d');
    await store.destroy();
  });
});
