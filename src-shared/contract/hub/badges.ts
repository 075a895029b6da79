import { z } from 'zod';
import { HubBadge } from '../../model/hub-runs.ts';
import { Id, Name } from '../../model/text.ts';
import { tester } from './base.ts';

const tag = { tags: ['Badges'] };

/** Addresses for pages elsewhere that say how the newest run of a name came out. Whoever has one sees that and nothing else; they are shown when they are made. */
export const badges = {
  list: tester('read')
    .route({ method: 'GET', path: '/badges', ...tag })
    .output(z.array(HubBadge)),
  /** CONFLICT: one has too many. */
  create: tester('use')
    .route({ method: 'POST', path: '/badges', ...tag })
    .input(z.object({ name: Name }))
    .output(
      z.object({
        badge: HubBadge,
        /** An SVG. */
        image: z.string(),
        /** Leads to the page of the newest run; who follows it signs in there. */
        latest: z.string(),
      }),
    ),
  /** NOT_FOUND: it is gone. FORBIDDEN: somebody else made it, and one is no operator. */
  remove: tester('use')
    .route({ method: 'DELETE', path: '/badges/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(HubBadge)),
};
