import { describe, expect, it } from 'vitest';
import { servingAddress } from './image-checks.ts';

const look = (address: string | null) =>
  servingAddress(() => ({ imageBudgetGb: 60, servingAddress: address, servingPort: 8480 })).look({
    signal: new AbortController().signal,
    thorough: false,
    onStep: () => undefined,
  });

describe('the address that machines fetch images from', () => {
  it('is fine where it is left to the routes, or one that this computer has', () => {
    expect(look(null)).toMatchObject({ outcome: 'fine' });
    expect(look('127.0.0.1')).toEqual({ outcome: 'fine', detail: 'served at 127.0.0.1, port 8480' });
  });
  it('is broken where this computer does not have it any more', () => {
    expect(look('192.0.2.9')).toMatchObject({ outcome: 'broken', repair: expect.stringContaining('Settings, Images') as string });
  });
});
