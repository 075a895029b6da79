const DAY = 86_400_000;

const make = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-GB', { hour12: false, ...options });
const hourMinute = make({ hour: '2-digit', minute: '2-digit' });
const hourMinuteSecond = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const weekday = make({ weekday: 'short' });
const dayMonth = make({ day: 'numeric', month: 'short' });
const dayMonthYear = make({ day: 'numeric', month: 'short', year: 'numeric' });
const longDay = make({ weekday: 'long', day: 'numeric', month: 'long' });
const groupDay = make({ day: 'numeric', month: 'long' });
const zoneName = make({ timeZoneName: 'short' });
const everything = make({
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
});

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** `14:06` */
export function formatTime(at: number): string {
  return hourMinute.format(at);
}

/** `14:06:31` */
export function formatClock(at: number): string {
  return hourMinuteSecond.format(at);
}

/** `14:23:40.902`, for messages. */
export function formatPreciseClock(at: number): string {
  return `${hourMinuteSecond.format(at)}.${String(at % 1000).padStart(3, '0')}`;
}

/** A moment in a list, as short as its day allows: `14:06`, `Mon 20:14`, `24 Nov 14:06`, `24 Nov 2025 14:06`. */
export function formatWhen(at: number, now: number): string {
  const today = startOfDay(now);
  if (at >= today && at < today + DAY) return formatTime(at);
  if (at >= today - 6 * DAY && at < today + 7 * DAY) return `${weekday.format(at)} ${formatTime(at)}`;
  return `${formatDay(at, now)} ${formatTime(at)}`;
}

/** `24 Nov`, with the year where it is another one. */
export function formatDay(at: number, now: number): string {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at);
}

/** `24 Nov 14:06:31`: the address of a run among people. */
export function formatStart(at: number, now: number): string {
  return `${formatDay(at, now)} ${formatClock(at)}`;
}

/** Head of a group of rows: `Today, 24 November`, `Yesterday, 23 November`, `Sunday 22 November`. */
export function formatDayHead(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0) return `Today, ${groupDay.format(at)}`;
  if (days === 1) return `Yesterday, ${groupDay.format(at)}`;
  return days > 300 ? dayMonthYear.format(at) : formatLongDay(at);
}

/** `Tuesday 24 November` */
export function formatLongDay(at: number): string {
  return longDay.format(at).replace(',', '');
}

/** Everything there is to know about a moment: for hover. */
export function formatFull(at: number): string {
  return everything.format(at);
}

/** `Tue 24 Nov 14:32 CET`: the clock of the status bar. */
export function formatStatusClock(at: number): string {
  return `${weekday.format(at)} ${dayMonth.format(at)} ${formatTime(at)} ${formatZone(at)}`;
}

export function formatZone(at: number): string {
  return zoneName.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** How a person is named to the reader: `you` for the reader. */
export function formatPerson(name: string, me: string | null): string {
  return name === me ? 'you' : name;
}
