import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import type { LinkServices } from '../links/link-services.ts';
import { listNotices, markNoticesRead } from '../notices/list-notices.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

const SHOWN = 50;

export function noticesPart(links: LinkServices): HubPart<'notices'> {
  const procedures = implement(hubContract.notices).$context<CallContext>();
  return {
    list: procedures.list.handler(({ input, context }) => listNotices(links, signedIn(context).person.login, input.limit)),
    markRead: procedures.markRead.handler(async ({ input, context }) => {
      const { login } = signedIn(context).person;
      await markNoticesRead(links, login, input.ids);
      return listNotices(links, login, SHOWN);
    }),
  };
}
