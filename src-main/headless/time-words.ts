import { UsageError } from './usage.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 24 * 3_600_000 };

/** `90m`, `2h`, `1d`, `1h30m`, in ms; undefined when the option was not given. A day is 24 hours, also when the clocks change. */
export function durationFrom(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const parts = [...text.matchAll(/(\d+)([smhd])/gu)];
  const length = parts.reduce((sum, [, amount = '0', unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
  if (parts.map(([part]) => part).join('') !== text || length <= 0 || !Number.isSafeInteger(length))
    throw new UsageError(`--${name} takes a duration like 90m, 2h or 1d, not "${text}".`);
  return length;
}

/**
 * `14:30` = the next time that the clock of this computer's zone shows it; else a date with a time, in this zone unless it names one.
 * UTC ms; undefined when the option was not given.
 */
export function timeFrom(text: string | undefined, name: string, now: number): number | undefined {
  if (text === undefined) return undefined;
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/u.exec(text);
  if (clock !== null) return nextClock(Number(clock[1]), Number(clock[2]), now);
  const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/u.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`--${name} takes a time like 14:30 or 2026-11-24T14:30, not "${text}".`);
  return at;
}

function nextClock(hours: number, minutes: number, now: number): number {
  const date = new Date(now);
  date.setHours(hours, minutes, 0, 0);
  if (date.getTime() <= now) date.setDate(date.getDate() + 1);
  return date.getTime();
}
