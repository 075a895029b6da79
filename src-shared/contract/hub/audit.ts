import { z } from 'zod';
import { AuditEntry } from '../../model/hub-people.ts';
import { Timestamp } from '../../model/text.ts';
import { admin } from './base.ts';

export const audit = {
  /** Who did what, the newest first; `before` goes on where a page ended. */
  list: admin('read')
    .route({ method: 'GET', path: '/audit', tags: ['Audit'] })
    .input(z.object({ before: Timestamp.optional(), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.array(AuditEntry)),
};
