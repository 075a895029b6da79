import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { toProblem } from './problem.ts';

describe('problems', () => {
  it('reads what the contract declares: code, sentence, every reason, correlation id', () => {
    const error = new ORPCError('PREFLIGHT_FAILED', {
      message: 'The run cannot start.',
      data: {
        correlationId: '7f3a',
        details: ['a'],
        reasons: [{ code: 'SUT_BUSY', message: 'dl380-07 is in use by fw-smoke.', subject: 'dl380-07' }],
      },
    });
    expect(toProblem(error)).toEqual({
      code: 'PREFLIGHT_FAILED',
      message: 'The run cannot start.',
      details: ['a'],
      reasons: ['dl380-07 is in use by fw-smoke.'],
      causes: [{ code: 'SUT_BUSY', message: 'dl380-07 is in use by fw-smoke.', subject: 'dl380-07' }],
      correlationId: '7f3a',
    });
  });

  it('survives what nobody declared', () => {
    expect(toProblem(new Error('socket hang up'))).toMatchObject({ code: 'INTERNAL', message: 'socket hang up', reasons: [] });
    expect(toProblem('gone').message).toBe('gone');
    expect(toProblem(new ORPCError('X', { data: { reasons: 'no list', details: [1, 'two'] } }))).toMatchObject({
      reasons: [],
      details: ['two'],
    });
  });
});
