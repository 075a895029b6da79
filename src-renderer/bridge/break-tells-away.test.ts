import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { breakTellsAway } from './break-tells-away.ts';

const refusing = (error: Error) => breakTellsAway({ call: () => Promise.reject(error) });
const call = (error: Error, signal?: AbortSignal) =>
  refusing(error).call(['runs', 'list'], {}, { context: {}, ...(signal === undefined ? {} : { signal }) });

describe('a call on a link', () => {
  it('hands on what the harness refuses', async () => {
    const refusal = new ORPCError('NOT_FOUND');
    await expect(call(refusal)).rejects.toBe(refusal);
  });

  it('says away when the link broke under it', async () => {
    await expect(call(new Error('socket hang up'))).rejects.toMatchObject({ code: 'OFFLINE' });
  });

  it('says nothing new to a caller that left', async () => {
    const left = new Error('left');
    await expect(call(left, AbortSignal.abort())).rejects.toBe(left);
  });
});
