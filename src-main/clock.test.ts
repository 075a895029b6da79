import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from './clock.ts';

describe('the clock', () => {
  it('is the wall clock as long as that goes forward', () => {
    let wall = 1000;
    const clock = createClock(0, { wall: () => wall, monotonic: () => wall - 1000 });
    expect(clock.now()).toBe(1000);
    wall = 5000;
    expect(clock.now()).toBe(5000);
  });
  it('goes on at its true pace from what was recorded when the wall clock is behind', () => {
    let monotonic = 0;
    const clock = createClock(90_000, { wall: () => 10_000, monotonic: () => monotonic });
    expect(clock.now()).toBe(90_000);
    monotonic = 2500;
    expect(clock.now()).toBe(92_500);
  });
  it('never goes back, however the wall clock jumps', () => {
    const step = fc.record({ passed: fc.nat(5000), jump: fc.integer({ min: -100_000, max: 100_000 }) });
    fc.assert(
      fc.property(fc.nat(200_000), fc.array(step, { maxLength: 50 }), (lastRecorded, steps) => {
        let wall = 100_000;
        let monotonic = 0;
        const clock = createClock(lastRecorded, { wall: () => wall, monotonic: () => monotonic });
        let before = clock.now();
        expect(before).toBeGreaterThanOrEqual(lastRecorded);
        for (const { passed, jump } of steps) {
          monotonic += passed;
          wall = Math.max(0, wall + passed + jump);
          const now = clock.now();
          expect(now).toBeGreaterThanOrEqual(before + passed - 1);
          before = now;
        }
      }),
    );
  });
});
