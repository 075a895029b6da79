export const SPANS = ['day', 'hours', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];
export const SPAN_WORDS: Readonly<Record<Span, string>> = { day: 'Day', hours: '32 hours', week: 'Week', month: 'Month' };

const HOUR = 3_600_000;

/** What the board shows, UTC ms, and in which steps. Time runs evenly: a day in which the clocks change is as long as it is. */
export interface Scale {
  readonly span: Span;
  readonly from: number;
  readonly to: number;
  readonly tickHours: number;
  /** A draft begins and ends on multiples of this, counted in local time. */
  readonly snapMinutes: number;
}

const TICKS: Readonly<Record<Span, { tickHours: number; snapMinutes: number }>> = {
  day: { tickHours: 2, snapMinutes: 30 },
  hours: { tickHours: 2, snapMinutes: 30 },
  week: { tickHours: 12, snapMinutes: 60 },
  month: { tickHours: 24, snapMinutes: 360 },
};

/** The span around a moment: a day and a week begin at midnight, the 32 hours two hours before. */
export function scaleAt(span: Span, at: number): Scale {
  const midnight = dayOf(at, 0);
  if (span === 'day') return { span, from: midnight, to: dayOf(at, 1), ...TICKS.day };
  if (span === 'week') return { span, from: midnight, to: dayOf(at, 7), ...TICKS.week };
  if (span === 'month') return { span, from: midnight, to: dayOf(at, 30), ...TICKS.month };
  const from = evenHour(at - 2 * HOUR);
  return { span, from, to: from + 32 * HOUR, ...TICKS.hours };
}

/** The moment to show when a person goes one span on or back. */
export function stepped(span: Span, at: number, direction: 1 | -1): number {
  if (span === 'hours') return at + direction * 16 * HOUR;
  const days = { day: 1, week: 7, month: 30 }[span];
  return dayOf(at, direction * days) + (at - dayOf(at, 0));
}

export function shareOf({ from, to }: Scale, at: number): number {
  return (at - from) / (to - from);
}

export function timeAt({ from, to }: Scale, share: number): number {
  return from + share * (to - from);
}

/** The last multiple of the step at or before a moment, by the local clock. */
export function snapped({ snapMinutes }: Scale, at: number): number {
  const midnight = dayOf(at, 0);
  const minutes = new Date(at).getHours() * 60 + new Date(at).getMinutes();
  const date = new Date(midnight);
  date.setHours(0, Math.floor(minutes / snapMinutes) * snapMinutes, 0, 0);
  return date.getTime();
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export function ticksOf({ from, to, tickHours }: Scale): Tick[] {
  const ticks: Tick[] = [];
  for (let date = new Date(dayOf(from, 0)); date.getTime() < to; date = next(date, tickHours)) {
    if (date.getTime() < from) continue;
    ticks.push({ at: date.getTime(), label: tickHours === 24 ? String(date.getDate()) : String(date.getHours()).padStart(2, '0') });
  }
  return ticks;
}

const dayHead = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric' });
const shortDayHead = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' });
const monthHead = new Intl.DateTimeFormat('en-GB', { month: 'long' });

/** Heads above the ticks: days, and months where days are the ticks. */
export function headsOf({ span, from, to }: Scale): Tick[] {
  const heads: Tick[] = [];
  for (let at = dayOf(from, 0); at < to; at = dayOf(at, 1)) {
    const first = at <= from;
    if (span === 'month' && !first && new Date(at).getDate() !== 1) continue;
    const format = span === 'month' ? monthHead : span === 'week' ? shortDayHead : dayHead;
    heads.push({ at: Math.max(at, from), label: format.format(at).replace(',', '') });
  }
  return heads;
}

/** Nineteen to seven, drawn a little darker; not at the scale of a month. */
export function nightsOf({ span, from, to }: Scale): { from: number; to: number }[] {
  if (span === 'month') return [];
  const nights: { from: number; to: number }[] = [];
  for (let at = dayOf(from, -1); at < to; at = dayOf(at, 1)) {
    const night = { from: Math.max(from, hourOf(at, 19)), to: Math.min(to, hourOf(dayOf(at, 1), 7)) };
    if (night.from < night.to) nights.push(night);
  }
  return nights;
}

function dayOf(at: number, more: number): number {
  const date = new Date(at);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + more);
  return date.getTime();
}

function hourOf(day: number, hour: number): number {
  return new Date(day).setHours(hour, 0, 0, 0);
}

function evenHour(at: number): number {
  const date = new Date(at);
  date.setHours(Math.floor(date.getHours() / 2) * 2, 0, 0, 0);
  return date.getTime();
}

/** The next tick by the local clock: noon is noon, however long the night was. */
function next(date: Date, hours: number): Date {
  const later = new Date(date);
  later.setHours(later.getHours() + hours, 0, 0, 0);
  return later.getTime() > date.getTime() ? later : new Date(date.getTime() + hours * HOUR);
}
