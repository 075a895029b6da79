import { uptime } from 'node:os';

/** UTC ms that never goes back: not when the wall clock is set back, and not behind what was recorded before a restart. */
export interface Clock {
  now(): number;
}

/** A wall clock that was set far ahead is not believed at once: reservations would begin and end, and what has ended cannot be undone. */
export interface ClockDoubt {
  /** How far the wall clock is ahead of what has passed, ms. */
  aheadMs: number;
  /** When it will be believed, by this clock, if it stays as it is. */
  until: number;
}

export interface HarnessClock extends Clock {
  doubt(): ClockDoubt | null;
  /** Somebody who knows (a person, the hub) says that the wall clock is right. */
  trust(): void;
}

export interface TimeSource {
  /** UTC ms as the machine believes. */
  wall(): number;
  /** ms since some fixed moment; never goes back. */
  monotonic(): number;
  /** ms since the machine was started, time asleep included; may be coarse. */
  sinceStart(): number;
}

const machine: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now(), sinceStart: () => uptime() * 1000 };

/** A wall clock may run ahead by this much without a question: time servers correct by less, and sleep is told apart. */
const LEAP_MS = 5 * 60_000;
const DOUBT_MS = 2 * 60_000;

/**
 * `lastRecorded`: the latest time found in the store. Should the wall clock be behind it, time goes on from there at its true pace. While
 * a leap ahead is in doubt, time goes on at its true pace too; it leaps when the wall clock has stayed there for two minutes.
 */
export function createClock(lastRecorded: number, source: TimeSource = machine): HarnessClock {
  return new DoubtingClock(lastRecorded, source);
}

class DoubtingClock implements HarnessClock {
  readonly #source: TimeSource;
  readonly #began: { monotonic: number; sinceStart: number };
  #last: number;
  #lastAt: number;
  /** Time asleep that has been counted already, ms. */
  #slept = 0;
  /** Since when the wall clock is in doubt, by this clock. */
  #doubtSince: number | null = null;
  #aheadMs = 0;
  /** The first reading of a process is believed: nobody knows how long it was off. */
  #believed = true;

  constructor(lastRecorded: number, source: TimeSource) {
    this.#source = source;
    this.#last = lastRecorded;
    this.#lastAt = source.monotonic();
    this.#began = { monotonic: this.#lastAt, sinceStart: source.sinceStart() };
  }

  now(): number {
    const due = this.#last + Math.floor(this.#source.monotonic() - this.#lastAt);
    const wall = Math.floor(this.#source.wall());
    if (wall < due + LEAP_MS || this.#believed || this.#hasSlept(wall - due)) this.#doubtSince = null;
    else if (due - (this.#doubtSince ??= due) < DOUBT_MS) {
      this.#aheadMs = wall - due;
      return due;
    }
    this.#believed = false;
    this.#doubtSince = null;
    if (wall < due) return due;
    [this.#last, this.#lastAt] = [wall, this.#source.monotonic()];
    return wall;
  }

  doubt(): ClockDoubt | null {
    this.now();
    return this.#doubtSince === null ? null : { aheadMs: this.#aheadMs, until: this.#doubtSince + DOUBT_MS };
  }

  trust(): void {
    this.#believed = true;
    this.now();
  }

  /** Whether sleep explains that the wall clock is so far ahead. Asked only then: it costs the reading of a file. */
  #hasSlept(aheadMs: number): boolean {
    const { monotonic, sinceStart } = this.#began;
    const slept = this.#source.sinceStart() - sinceStart - (this.#source.monotonic() - monotonic);
    if (aheadMs - (slept - this.#slept) >= LEAP_MS) return false;
    this.#slept = slept;
    return true;
  }
}
