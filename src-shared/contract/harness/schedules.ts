import { z } from 'zod';
import { Schedule, ScheduleInput } from '../../model/schedule.ts';
import { Id, Timestamp } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Schedules'] };

/** Each change answers all schedules: there are few. */
export const schedules = {
  list: procedure.route({ method: 'GET', path: '/schedules', ...tag }).output(z.array(Schedule)),
  save: procedure
    .route({ method: 'POST', path: '/schedules', ...tag })
    .input(z.object({ id: Id.nullable().default(null), content: ScheduleInput }))
    .output(z.array(Schedule)),
  remove: procedure
    .route({ method: 'DELETE', path: '/schedules/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(Schedule)),
  /** The next times of a schedule that is being written; BAD_REQUEST says what is wrong with it. */
  preview: procedure
    .route({ method: 'POST', path: '/schedules/preview', ...tag })
    .input(z.object({ cron: z.string().max(200), zone: z.string().max(100) }))
    .output(z.array(Timestamp)),
};
