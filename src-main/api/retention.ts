import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { Retention } from '../services/retention/retention.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function retentionPart(retention: Retention): Part<'retention'> {
  const procedures = implement(harnessContract.retention).$context<ApiContext>();
  return {
    policy: procedures.policy.handler(() => retention.policy()),
    savePolicy: procedures.savePolicy.handler(({ input }) => retention.savePolicy(input)),
    preview: procedures.preview.handler(({ input, signal }) => retention.preview(input.policy, signal ?? new AbortController().signal)),
    apply: procedures.apply.handler(({ input, signal }) => progressFeed(signal, (options) => retention.apply(input.digest, options))),
    removedOf: procedures.removedOf.handler(({ input }) => retention.removedOf(input.id)),
  };
}
