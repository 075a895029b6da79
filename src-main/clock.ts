/** UTC ms that never goes back: not when the wall clock is set back, and not behind what was recorded before a restart. */
export interface Clock {
  now(): number;
}

interface TimeSource {
  /** UTC ms as the machine believes. */
  wall(): number;
  /** ms since some fixed moment; never goes back. */
  monotonic(): number;
}

const machine: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now() };

/** `lastRecorded`: the latest time found in the store. Should the wall clock be behind it, time goes on from there at its true pace. */
export function createClock(lastRecorded: number, source: TimeSource = machine): Clock {
  let last = lastRecorded;
  let lastAt = source.monotonic();
  return {
    now: () => {
      const monotonic = source.monotonic();
      const due = last + Math.floor(monotonic - lastAt);
      const wall = Math.floor(source.wall());
      if (wall < due) return due;
      [last, lastAt] = [wall, monotonic];
      return wall;
    },
  };
}
