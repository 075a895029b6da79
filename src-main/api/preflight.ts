import { AsyncIteratorClass, implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Preflight } from '../../src-shared/model/preflight.ts';
import type { ApiContext } from '../harness.ts';
import { checkPreflight, type PreflightServices } from '../services/preflight/check-preflight.ts';
import type { Part } from './part.ts';

export function preflightPart(services: PreflightServices): Part<'preflight'> {
  const procedures = implement(harnessContract.preflight).$context<ApiContext>();
  return {
    check: procedures.check.handler(({ input, context, signal }) => {
      const left = new AbortController();
      const both = signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]);
      const items = checkPreflight(services, { request: input, caller: context.caller, signal: both });
      return new AsyncIteratorClass<Preflight, void, void>(
        () => items.next(),
        async () => {
          // First what is still looking ends, else the generator waits for it.
          left.abort();
          await items.return();
        },
      );
    }),
  };
}
