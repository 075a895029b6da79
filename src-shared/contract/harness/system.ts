import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { DoctorCheck, DoctorNews } from '../../model/doctor.ts';
import { BundlePreview, BundleWish } from '../../model/support-bundle.ts';
import { Progress, Settings, SystemInfo, SystemStatus } from '../../model/system.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const RepairEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: Progress }),
  /** `said`: what was done; `check`: what is found now. */
  z.object({ type: z.literal('done'), said: z.string(), check: DoctorCheck }),
]);

export const system = {
  info: procedure.route({ method: 'GET', path: '/system/info', tags: ['System'] }).output(SystemInfo),
  /** Opens with the present status and sends a whole one at each change. */
  watchStatus: procedure.route({ method: 'GET', path: '/system/status/watch', tags: ['System'] }).output(eventIterator(SystemStatus)),
  doctor: procedure.route({ method: 'GET', path: '/system/doctor', tags: ['System'] }).output(z.array(DoctorCheck)),
  /** The same while it looks. `thorough`: every row and every file, however long that takes. Leaving the feed ends the looking. */
  examine: procedure
    .route({ method: 'POST', path: '/system/doctor/examine', tags: ['System'] })
    .input(z.object({ thorough: z.boolean().default(false) }))
    .output(eventIterator(DoctorNews)),
  /** Does what the remedy of a check says. `mark` is that of the remedy which was read: CONFLICT when it would do something else by now. */
  repair: procedure
    .route({ method: 'POST', path: '/system/doctor/{number}/repair', tags: ['System'] })
    .input(z.object({ number: z.coerce.number().int().min(1), mark: z.string() }))
    .output(eventIterator(RepairEvent)),
  /** Makes a support bundle and says all that is in it; nothing is written yet. */
  previewBundle: procedure
    .route({ method: 'POST', path: '/system/bundle', tags: ['System'] })
    .input(BundleWish)
    .output(BundlePreview),
  /** The bundle that was shown last, as it was shown. */
  takeBundle: procedure
    .route({ method: 'GET', path: '/system/bundle/{id}', tags: ['System'] })
    .input(z.object({ id: Id }))
    .output(z.object({ fileName: z.string(), content: z.base64() })),
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
