import { z } from 'zod';
import { HubHook, HubHookInput } from '../../model/hub-hook.ts';
import { Id } from '../../model/text.ts';
import { tester } from './base.ts';

const tag = { tags: ['Notices'] };

/** Webhooks that hear of notices: one's own, and those of groups that one is in (an administrator: of all groups). */
export const hooks = {
  list: tester('read')
    .route({ method: 'GET', path: '/hooks', ...tag })
    .output(z.array(HubHook)),
  /** `key` is what messages are signed with; it is said only here. */
  create: tester('use')
    .route({ method: 'POST', path: '/hooks', ...tag })
    .input(HubHookInput)
    .output(z.object({ hook: HubHook, key: z.string() })),
  remove: tester('use')
    .route({ method: 'DELETE', path: '/hooks/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(HubHook)),
};
