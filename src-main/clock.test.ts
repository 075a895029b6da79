import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from './clock.ts';

describe('the clock', () => {
  it('is the wall clock as long as that goes forward', () => {
    let wall = 1000;
    const clock = createClock(0, { wall: () => wall, monotonic: () => wall - 1000, sinceStart: () => wall });
    expect(clock.now()).toBe(1000);
    wall = 5000;
    expect(clock.now()).toBe(5000);
  });
  it('goes on at its true pace from what was recorded when the wall clock is behind', () => {
    let monotonic = 0;
    const clock = createClock(90_000, { wall: () => 10_000, monotonic: () => monotonic, sinceStart: () => monotonic });
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
        const clock = createClock(lastRecorded, { wall: () => wall, monotonic: () => monotonic, sinceStart: () => monotonic });
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

  const HOUR = 3_600_000;
  const machine = () => {
    const time = { wall: 1_000 * HOUR, monotonic: 0, sinceStart: 50 * HOUR };
    const clock = createClock(0, { wall: () => time.wall, monotonic: () => time.monotonic, sinceStart: () => time.sinceStart });
    clock.now();
    const pass = (ms: number) => {
      time.wall += ms;
      time.monotonic += ms;
      time.sinceStart += ms;
    };
    return { time, clock, pass };
  };

  it('does not follow a wall clock that is set far ahead before it has stayed there for two minutes', () => {
    const { time, clock, pass } = machine();
    const before = clock.now();
    time.wall += HOUR;
    expect(clock.now()).toBe(before);
    pass(60_000);
    expect(clock.now()).toBe(before + 60_000);
    expect(clock.doubt()).toEqual({ aheadMs: HOUR, until: before + 120_000 });
    pass(60_000);
    expect(clock.now()).toBe(before + 120_000 + HOUR);
    expect(clock.doubt()).toBeNull();
  });
  it('forgets the doubt when the wall clock is set right again, and follows at once when somebody says it is right', () => {
    const { time, clock, pass } = machine();
    const before = clock.now();
    time.wall += HOUR;
    clock.now();
    time.wall -= HOUR;
    pass(1000);
    expect(clock.now()).toBe(before + 1000);
    expect(clock.doubt()).toBeNull();
    time.wall += HOUR;
    expect(clock.now()).toBe(before + 1000);
    clock.trust();
    expect(clock.now()).toBe(before + 1000 + HOUR);
  });
  it('follows at once after sleep, small corrections and the time between two starts', () => {
    const { time, clock } = machine();
    const before = clock.now();
    time.wall += 8 * HOUR;
    time.sinceStart += 8 * HOUR;
    expect(clock.now()).toBe(before + 8 * HOUR);
    time.wall += 8 * HOUR;
    expect(clock.now()).toBe(before + 8 * HOUR);
    expect(clock.doubt()).not.toBeNull();
    time.sinceStart += 8 * HOUR;
    expect(clock.now()).toBe(before + 16 * HOUR);
    time.wall += 4 * 60_000;
    expect(clock.now()).toBe(before + 16 * HOUR + 4 * 60_000);
  });
});
