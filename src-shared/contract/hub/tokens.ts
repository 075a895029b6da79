import { z } from 'zod';
import { HubScope, HubToken } from '../../model/hub-people.ts';
import { Id, Name } from '../../model/text.ts';
import { tester } from './base.ts';

const tag = { tags: ['Tokens'] };

/** One's own tokens, for scripts. What a token is shown as can be read once, when it is made. */
export const tokens = {
  list: tester('read')
    .route({ method: 'GET', path: '/tokens', ...tag })
    .output(z.array(HubToken)),
  /** By a browser's session only: a token makes no tokens. */
  create: tester('use')
    .route({ method: 'POST', path: '/tokens', ...tag })
    .input(z.object({ name: Name, scopes: z.array(HubScope).min(1).max(3), days: z.number().int().min(1).max(366) }))
    .output(z.object({ token: HubToken, secret: z.string() })),
  revoke: tester('use')
    .route({ method: 'DELETE', path: '/tokens/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(HubToken)),
};
