import { describe, expect, it, vi } from 'vitest';
import { SharedLooks } from './shared-looks.ts';

describe('looks that are shared', () => {
  it('look once for all who ask the same together, and anew a moment later', async () => {
    vi.useFakeTimers();
    const looks = new SharedLooks();
    const a = { of: 'run', what: 'a' };
    let count = 0;
    const look = () => Promise.resolve((count += 1));
    expect(await Promise.all([looks.ask(a, look), looks.ask(a, look), looks.ask({ of: 'run', what: 'b' }, look)])).toEqual([1, 1, 2]);
    vi.advanceTimersByTime(60);
    expect(await looks.ask(a, look)).toBe(3);
    vi.useRealTimers();
  });

  it('look anew at once when there is news of the thing', async () => {
    const looks = new SharedLooks();
    let count = 0;
    const ask = () => looks.ask({ of: 'run', what: 'a' }, () => Promise.resolve((count += 1)));
    expect(await ask()).toBe(1);
    looks.forget('other');
    expect(await ask()).toBe(1);
    looks.forget('run');
    expect(await ask()).toBe(2);
  });
});
