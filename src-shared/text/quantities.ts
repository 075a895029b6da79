const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3,418` */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** `1 run`, `3,418 runs`; the plural is given where an `s` does not make it. */
export function formatAmount(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** `12 B`, `2 KB`, `1.4 GB`, `212 GB`: decimal units, one digit below ten. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = unit === 0 || value >= 9.95 ? whole.format(value) : oneDigit.format(value);
  return `${text} ${units[unit] ?? 'B'}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** How long something took or takes, in milliseconds: `0 s`, `12 s`, `3 m 02 s`, `29 h 40 m`; days from three on: `3 d 04 h`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m ${two(Math.floor((ms % MINUTE) / SECOND))} s`;
  if (ms < 3 * DAY) return `${Math.floor(ms / HOUR)} h ${two(Math.floor((ms % HOUR) / MINUTE))} m`;
  return `${Math.floor(ms / DAY)} d ${two(Math.floor((ms % DAY) / HOUR))} h`;
}

/** Where there is room for one unit only: `40 s`, `11 m`, `18 h`, `3 d`. */
export function formatRough(milliseconds: number): string {
  return formatDuration(milliseconds).split(' ').slice(0, 2).join(' ');
}

/** For keywords and checks, in milliseconds: `4 ms`, `0.2 s`, `58.4 s`, `1 m 12 s`. */
export function formatElapsed(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms > 0 && ms < 1) return '< 1 ms';
  if (ms < 99.5) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${oneDigit.format(Math.floor(ms / 100) / 10)} s`;
  return formatDuration(ms);
}

/** An estimate, in words that do not promise: `about 40 s left`, `about 12 min left`, `29 h 40 m left`; past it: `any moment`. */
export function formatLeft(milliseconds: number): string {
  if (milliseconds <= 0) return 'any moment';
  if (milliseconds < MINUTE) return `about ${Math.max(5, Math.ceil(milliseconds / 5000) * 5)} s left`;
  if (milliseconds < HOUR) return `about ${Math.round(milliseconds / MINUTE)} min left`;
  return `${formatDuration(milliseconds)} left`;
}

/** `67 %`; never 100 before it is over, never 0 after it began. */
export function formatShare(done: number, total: number): string {
  if (total <= 0) return '0 %';
  const percent = (done / total) * 100;
  if (percent > 99 && done < total) return '99 %';
  return `${Math.round(percent)} %`;
}
