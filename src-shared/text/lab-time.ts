/** Whether this computer knows a time zone by that name (IANA, like `Europe/Berlin`). */
export function isZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** What the clock on the wall of a lab shows at an instant: `03:00 on Wed 24 Nov`. */
export function labTime(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', weekday: 'short', day: 'numeric', month: 'short' },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('hour')}:${part('minute')} on ${part('weekday')} ${part('day')} ${part('month')}`;
}

/** Whether two zones show another time at an instant; names say little: many zones are the same for most of the year. */
export function zonesDiffer(at: number, one: string, other: string): boolean {
  return labTime(at, one) !== labTime(at, other);
}
