import { Cron } from 'croner';
import { WorkbenchError } from '../../errors.ts';

/** Of times that were missed so many are made up for, the newest, and none that is older than a week. */
const MOST_MADE_UP = 10;
const OLDEST_MS = 7 * 24 * 3_600_000;

/** The times from `dueAt` to `now`, the first included, as far as they are made up for. */
export function missedTimes(when: { cron: string; zone: string }, { dueAt, now }: { dueAt: number; now: number }): number[] {
  for (let back = 600_000; ; back *= 4) {
    const from = Math.max(dueAt - 1, now - Math.min(back, OLDEST_MS));
    // A window four times as long as one that had fewer than ten, and cron knows minutes: this many are all of them.
    const times = nextTimes(when, from, 8 * MOST_MADE_UP).filter((time) => time <= now);
    if (times.length >= MOST_MADE_UP || from === dueAt - 1 || back >= OLDEST_MS) return times.slice(-MOST_MADE_UP);
  }
}

/** The next times after `from` (UTC ms), by the clock of a zone: a time that summer time leaves out comes an hour later, one that it repeats comes once. */
export function nextTimes({ cron, zone }: { cron: string; zone: string }, from: number, many: number): number[] {
  if (cron.split(/\s+/u).length !== 5)
    throw new WorkbenchError(
      'BAD_REQUEST',
      'A schedule has five fields: minute, hour, day of the month, month, day of the week, as in "30 2 * * 1-5".',
    );
  try {
    return new Cron(cron, { timezone: zone, paused: true }).nextRuns(many, new Date(from)).map((date) => date.getTime());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError('BAD_REQUEST', `"${cron}" in ${zone} is no schedule: ${why}`, { cause: error });
  }
}
