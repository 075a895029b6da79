import { z } from 'zod';
import { Id, Name, PersonName, Timestamp } from './text.ts';

/** What happens to times at which the workbench was not running: nothing, one start when it is back, or one for each (at most ten, the newest of a week). */
export const MissedPolicy = z.enum(['skip', 'once', 'all']);
export type MissedPolicy = z.infer<typeof MissedPolicy>;

/** When a plan is started by itself, under which condition and on which machines; parts left out are the plan's. */
export const ScheduleInput = z.object({
  name: Name,
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string().trim().min(1, 'When? For example "30 2 * * 1-5".').max(200),
  /** IANA name: Europe/Berlin. */
  zone: z.string().trim().min(1).max(100),
  planId: Id,
  conditionId: Id.nullable().default(null),
  suts: z.array(Name).max(200).default([]),
  missed: MissedPolicy.default('skip'),
  enabled: z.boolean().default(true),
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;

export const Schedule = ScheduleInput.extend({
  id: Id,
  planName: z.string().nullable(),
  by: PersonName,
  /** The next times, soonest first; none when it is off or there is no such time. */
  next: z.array(Timestamp),
  lastAt: Timestamp.nullable(),
  lastRunId: Id.nullable(),
  /** Why the last start did not come about. */
  problem: z.string().nullable(),
});
export type Schedule = z.infer<typeof Schedule>;
