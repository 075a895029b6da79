import { beginningOf, startOfDay, type Range } from '../filter/run-filter.ts';

/** What the plot spans: whole days in equal buckets. UTC milliseconds. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
}

interface Known {
  readonly now: number;
  /** When the oldest run was created; null while there is none. */
  readonly oldest: number | null;
}

const DAY = 86_400_000;
const MOST_BUCKETS = 120;

/** Ends with today. */
export function axisOf(range: Range, { now, oldest }: Known): Axis {
  const from = beginningOf(range, now) ?? startOfDay(Math.min(oldest ?? now, now));
  const to = startOfDay(now, 1);
  const days = Math.max(1, Math.round((to - from) / DAY));
  return { from, to, buckets: bucketsFor(days) };
}

/** Few days have many buckets each, many days share one: always wide enough to be pressed. */
export function bucketsFor(days: number): number {
  const each = days === 1 ? 48 : [12, 8, 6, 4, 2, 1].find((count) => count * days <= 90);
  return each === undefined ? Math.min(MOST_BUCKETS, Math.ceil(days / Math.ceil(days / MOST_BUCKETS))) : each * days;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });

/** At most about a dozen, at hours, days or months that a person would choose. */
export function ticksOf({ from, to }: Axis): readonly Tick[] {
  const days = Math.round((to - from) / DAY);
  if (days <= 1) return hours(from, to);
  if (days <= 10) return everyDays(from, to, 1).map((at) => ({ at, label: `${weekday.format(at)} ${new Date(at).getDate()}` }));
  if (days <= 300) return everyDays(from, to, Math.ceil(days / 12)).map((at) => ({ at, label: day.format(at) }));
  return months(from, to, Math.ceil(days / 365));
}

function hours(from: number, to: number): readonly Tick[] {
  const ticks: Tick[] = [];
  for (let at = from; at < to; at += 3 * 3_600_000) ticks.push({ at, label: hour.format(at) });
  return ticks;
}

function everyDays(from: number, to: number, step: number): readonly number[] {
  const days: number[] = [];
  for (let at = from; at < to; at = startOfDay(at, step)) days.push(at);
  return days;
}

function months(from: number, to: number, step: number): readonly Tick[] {
  const first = new Date(from);
  const ticks: Tick[] = [];
  for (let count = 1; ; count += step) {
    const at = new Date(first.getFullYear(), first.getMonth() + count, 1).getTime();
    if (at >= to) return ticks;
    ticks.push({ at, label: month.format(at) });
  }
}

/** The buckets between two places of a drag, as times; places are shares of the width. */
export function spanBetween(
  { from, to, buckets }: Axis,
  places: readonly [number, number],
): { readonly from: number; readonly to: number } {
  const width = Math.max(1, Math.ceil((to - from) / buckets));
  const bucketAt = (share: number): number => Math.min(buckets - 1, Math.max(0, Math.floor((share * (to - from)) / width)));
  const [first, last] = [bucketAt(Math.min(...places)), bucketAt(Math.max(...places))];
  return { from: from + first * width, to: Math.min(to, from + (last + 1) * width) };
}
