import { z } from 'zod';
import { HubNotices } from '../../model/hub-notice.ts';
import { Id } from '../../model/text.ts';
import { tester } from './base.ts';

const tag = { tags: ['Notices'] };

/** What one is told of: one's own reservations and runs. */
export const notices = {
  list: tester('read')
    .route({ method: 'GET', path: '/notices', ...tag })
    .input(z.object({ limit: z.number().int().min(1).max(200).default(50) }))
    .output(HubNotices),
  /** Answers the newest as they are then. Without `ids`: all. */
  markRead: tester('use')
    .route({ method: 'POST', path: '/notices/read', ...tag })
    .input(z.object({ ids: z.array(Id).max(200).optional() }))
    .output(HubNotices),
};
