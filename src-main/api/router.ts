import { implement, type Router } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import { isFeed, toContractError, translatingFeed } from '../../src-shared/contract/translate-errors.ts';
import type { ApiContext } from '../harness.ts';
import type { Log } from '../log.ts';
import type { Parts } from './part.ts';
import { wordingOf } from './translate-errors.ts';

export type HarnessRouter = Router<typeof harnessContract, ApiContext>;

/** Joins the parts of the contract; one middleware around all of them sees to it that only errors of the closed list leave. */
export function createRouter(parts: Parts, log: Log): HarnessRouter {
  return implement(harnessContract)
    .$context<ApiContext>()
    .use(async ({ next, path }) => {
      const translate = (error: unknown) => toContractError(error, path.join('.'), wordingOf(log));
      try {
        const result = await next();
        if (!isFeed(result.output)) return result;
        return { ...result, output: translatingFeed(result.output, translate) };
      } catch (error) {
        throw translate(error);
      }
    })
    .router(parts);
}
