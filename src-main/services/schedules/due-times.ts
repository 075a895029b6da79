import { Cron } from 'croner';
import { WorkbenchError } from '../../errors.ts';

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
