import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { LanguageService } from '../services/editor/language-service.ts';
import { leavableFeed } from './feed.ts';
import type { Part } from './part.ts';

export function languagePart(service: LanguageService): Part<'language'> {
  const procedures = implement(harnessContract.language).$context<ApiContext>();
  return {
    follow: procedures.follow.handler(({ input, context, signal }) =>
      leavableFeed(signal, (left) => service.follow({ ...input, caller: context.caller, signal: left })),
    ),
    tell: procedures.tell.handler(({ input, context }) => service.tell({ ...input, caller: context.caller })),
  };
}
