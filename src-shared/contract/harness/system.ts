import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { DoctorCheck, Settings, SystemInfo, SystemStatus } from '../../model/system.ts';
import { procedure } from '../base.ts';

export const system = {
  info: procedure.route({ method: 'GET', path: '/system/info', tags: ['System'] }).output(SystemInfo),
  /** Opens with the present status and sends a whole one at each change. */
  watchStatus: procedure.route({ method: 'GET', path: '/system/status/watch', tags: ['System'] }).output(eventIterator(SystemStatus)),
  doctor: procedure.route({ method: 'GET', path: '/system/doctor', tags: ['System'] }).output(z.array(DoctorCheck)),
  settings: procedure.route({ method: 'GET', path: '/system/settings', tags: ['System'] }).output(Settings),
  updateSettings: procedure
    .route({ method: 'PATCH', path: '/system/settings', tags: ['System'] })
    .input(Settings.partial())
    .output(Settings),
  pauseQueue: procedure
    .route({ method: 'PUT', path: '/system/queue-paused', tags: ['System'] })
    .input(z.object({ paused: z.boolean() }))
    .output(SystemStatus),
};
