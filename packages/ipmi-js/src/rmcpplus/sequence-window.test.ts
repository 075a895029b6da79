import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSequence, SequenceWindow } from './sequence-window.js';

describe('SequenceWindow', () => {
  it('takes each number once, whatever the order within 32', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 32 }, (_, index) => index + 100),
          { minLength: 32 },
        ),
        (order) => {
          const window = new SequenceWindow();
          for (const number of order) expect(window.accept(number)).toBe(true);
          for (const number of order) expect(window.accept(number)).toBe(false);
        },
      ),
    );
  });

  it('refuses what is more than 31 behind, and 0', () => {
    const window = new SequenceWindow();
    expect(window.accept(0)).toBe(false);
    expect(window.accept(1000)).toBe(true);
    expect(window.accept(1000 - 32)).toBe(false);
    expect(window.accept(1000 - 31)).toBe(true);
    expect(window.accept(2000)).toBe(true);
    expect(window.accept(1001)).toBe(false);
  });

  it('goes on over the end of 32 bits', () => {
    const window = new SequenceWindow();
    expect(window.accept(0xffffffff)).toBe(true);
    expect(nextSequence(0xffffffff)).toBe(1);
    expect(window.accept(1)).toBe(true);
    expect(window.accept(0xffffffff)).toBe(false);
  });
});
