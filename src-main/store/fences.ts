import { randomBytes } from 'node:crypto';
import type { Fence } from '../../src-shared/model/fence.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** The present fence of a SUT; number 0 and no token as long as nobody ever had it. */
export function findFence(store: ReadableStore, sutId: string): Fence {
  return store.prepare<[string], Fence>('SELECT number, token FROM fence WHERE sut_id = ?').get(sutId) ?? { number: 0, token: '' };
}

/** Whoever may act on it changes: what was allowed under the fence before is refused from now on. */
export function bumpFence(store: WritableStore, sutId: string): Fence {
  const token = randomBytes(16).toString('hex');
  const number = store
    .prepare<[string, string], number>(
      `INSERT INTO fence (sut_id, number, token) VALUES (?, 1, ?)
       ON CONFLICT (sut_id) DO UPDATE SET number = number + 1, token = excluded.token RETURNING number`,
    )
    .pluck()
    .get(sutId, token);
  return { number: number ?? 1, token };
}
