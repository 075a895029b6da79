import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { tester } from './base.ts';

/** That there is something new, not what: who looks at a page asks again for what it shows. */
export const news = {
  /** One item at once, then one whenever labs, reservations or runs have news; those of the same moment come as one. */
  watch: tester('read')
    .route({ method: 'GET', path: '/news', tags: ['System'] })
    .output(eventIterator(z.object({ seq: z.number().int() }))),
};
