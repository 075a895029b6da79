import { z } from 'zod';
import { HubHarness } from '../../model/hub-directory.ts';
import { Id, Name, Timestamp } from '../../model/text.ts';
import { ENROLMENT_EVENTS } from '../../protocol/link-states.ts';
import { operator, tester } from './base.ts';

const tag = { tags: ['Harnesses'] };

/** The labs of this hub. They dial in; nobody can be reached that did not. */
export const harnesses = {
  list: tester('read')
    .route({ method: 'GET', path: '/harnesses', ...tag })
    .output(z.array(HubHarness)),
  /** A code that lets one harness ask to join; it can be read here and never again, and is good for an hour. */
  invite: operator('manage')
    .route({ method: 'POST', path: '/harnesses/codes', ...tag })
    .output(z.object({ code: z.string(), expiresAt: Timestamp })),
  /** CONFLICT: it is in no state for that. Revoking is final, ends the connection at once and all that remote people have there. */
  decide: operator('manage')
    .route({ method: 'POST', path: '/harnesses/{id}/decisions', ...tag })
    .input(z.object({ id: Id, decision: z.enum(ENROLMENT_EVENTS) }))
    .output(z.array(HubHarness)),
  rename: operator('manage')
    .route({ method: 'PATCH', path: '/harnesses/{id}', ...tag })
    .input(z.object({ id: Id, name: Name }))
    .output(z.array(HubHarness)),
};
