import { z } from 'zod';
import { HubPerson, HubRole } from '../../model/hub-people.ts';
import { Id } from '../../model/text.ts';
import { admin } from './base.ts';

const tag = { tags: ['People'] };

export const people = {
  list: admin('read')
    .route({ method: 'GET', path: '/people', ...tag })
    .output(z.array(HubPerson)),
  /** Changes what somebody may do, or shuts them out: their sessions end at once. CONFLICT: nobody would be left to administer. */
  change: admin('manage')
    .route({ method: 'PATCH', path: '/people/{id}', ...tag })
    .input(z.object({ id: Id, role: HubRole.optional(), disabled: z.boolean().optional() }))
    .output(z.array(HubPerson)),
};
