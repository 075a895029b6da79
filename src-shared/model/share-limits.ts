import { z } from 'zod';
import { GroupName } from './hub-people.ts';

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;
/** Further ahead nothing is looked at: no reservation is that long. */
const LONGEST_WALK = 800;

/** When remote people may have a machine, by the clocks of the lab: on these days (1 = Monday), from a minute of the day to another. */
export const ShareHours = z
  .object({
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    from: z
      .number()
      .int()
      .min(0)
      .max(DAY_MINUTES - 1),
    to: z.number().int().min(1).max(DAY_MINUTES),
  })
  .refine(({ from, to }) => from < to, 'The hours end before they begin.');
export type ShareHours = z.infer<typeof ShareHours>;

/** With whom and when a machine is shared. No groups = with everybody of the hub; no hours = always. */
export const ShareLimits = z.object({ groups: z.array(GroupName).max(100), hours: ShareHours.nullable() });
export type ShareLimits = z.infer<typeof ShareLimits>;

export const NO_LIMITS: ShareLimits = { groups: [], hours: null };

interface Wanted {
  groups: readonly string[];
  begin: number;
  /** Null = no end. */
  end: number | null;
  /** Of the lab (IANA). */
  zone: string;
}

/** Why somebody may not have a machine then, in a sentence; null = nothing against it. */
export function limitProblem(sut: string, limits: ShareLimits, wanted: Wanted): string | null {
  if (limits.groups.length > 0 && !limits.groups.some((group) => wanted.groups.includes(group)))
    return `The lab shares ${sut} with ${limits.groups.join(', ')} only.`;
  if (limits.hours === null || isWithin(limits.hours, wanted)) return null;
  return `The lab shares ${sut} ${hoursWords(limits.hours)} only, by its own clocks. Ask for a time within these hours, with an end.`;
}

/** Whether all of it lies in the hours, which may follow on each other over midnight. */
function isWithin(hours: ShareHours, { begin, end, zone }: Wanted): boolean {
  if (end === null) return false;
  let at = begin;
  for (let step = 0; step < LONGEST_WALK && at < end; step += 1) {
    const { day, minute } = localTime(at, zone);
    if (!hours.days.includes(day) || minute < hours.from || minute >= hours.to) return false;
    at += (hours.to - minute) * MINUTE_MS - (at % MINUTE_MS);
  }
  return at >= end;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function localTime(at: number, zone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday')) + 1, minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** `with firmware, storage; Mon to Fri 08:00 to 18:00`. */
export function limitWords({ groups, hours }: ShareLimits): string {
  const whom = groups.length === 0 ? 'with everybody' : `with ${groups.join(', ')}`;
  return hours === null ? whom : `${whom}, ${hoursWords(hours)}`;
}

function hoursWords({ days, from, to }: ShareHours): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const names = sorted.map((day) => DAYS[day - 1] ?? '');
  const first = sorted[0] ?? 1;
  const row = sorted.length > 2 && sorted.every((day, index) => day === first + index);
  return `${row ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : names.join(', ')} ${clock(from)} to ${clock(to)}`;
}

export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
