import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import type { LinkServices } from '../links/link-services.ts';
import { createHook, listHooks, removeHook } from '../notices/hooks.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

export function hooksPart(links: LinkServices): HubPart<'hooks'> {
  const procedures = implement(hubContract.hooks).$context<CallContext>();
  return {
    list: procedures.list.handler(({ context }) => listHooks(links, signedIn(context))),
    create: procedures.create.handler(({ input, context }) => createHook(links, input, signedIn(context))),
    remove: procedures.remove.handler(async ({ input, context }) => {
      await removeHook(links, input.id, signedIn(context));
      return listHooks(links, signedIn(context));
    }),
  };
}
