import { AsyncIteratorClass, implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import type { LinkNotices } from '../links/link-services.ts';
import { watchNotices } from '../links/watch-notices.ts';
import type { CallContext, HubPart } from './context.ts';

/** A thousand pages are told at most so often each, in milliseconds. */
const PAUSE_MS = 400;

export function newsPart(notices: LinkNotices): HubPart<'news'> {
  const procedures = implement(hubContract.news).$context<CallContext>();
  return {
    watch: procedures.watch.handler(({ signal }) => {
      const watch = watchNotices(notices, { of: null, signal });
      const items = (async function* () {
        for (let seq = 0; !watch.ended.aborted; seq += 1) {
          yield { seq };
          await watch.rest(PAUSE_MS);
          await watch.next(null);
        }
      })();
      return new AsyncIteratorClass<{ seq: number }, void, void>(
        () => items.next(),
        async () => {
          watch.leave();
          await items.return();
        },
      );
    }),
  };
}
