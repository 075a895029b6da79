import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { Notifications } from '../services/notifications/notifications.ts';
import type { Part } from './part.ts';

export function notificationsPart(notifications: Notifications): Part<'notifications'> {
  const procedures = implement(harnessContract.notifications).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => notifications.list()),
    save: procedures.save.handler(({ input, context }) => notifications.save(input, context.caller)),
    remove: procedures.remove.handler(({ input }) => notifications.remove(input.id)),
    test: procedures.test.handler(async ({ input }) => ({ problem: await notifications.test(input.id) })),
  };
}
