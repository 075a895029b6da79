import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from './turning.ts';

describe('what turns while it lasts', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());
  const picture = () => ({ style: { transform: '' } }) as SVGSVGElement;

  it('turns all pictures alike, ten steps a second, by one timer that ends with the last of them', () => {
    const [one, other] = [picture(), picture()];
    const stopOne = turn(one);
    vi.advanceTimersByTime(250);
    expect(one.style.transform).toBe('rotate(30deg)');
    const stopOther = turn(other);
    expect(other.style.transform, 'a row that comes later joins in').toBe('rotate(30deg)');
    expect(vi.getTimerCount()).toBe(1);
    stopOne();
    vi.advanceTimersByTime(2250);
    expect([one.style.transform, other.style.transform]).toEqual(['rotate(30deg)', 'rotate(15deg)']);
    stopOther();
    expect(vi.getTimerCount()).toBe(0);
  });
});
