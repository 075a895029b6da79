import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Timeline } from '../../src-shared/model/timeline.ts';
import type { ApiContext } from '../harness.ts';
import type { Part } from './part.ts';

export function timelinePart(read: (id: string) => Promise<Timeline>): Part<'timeline'> {
  const procedures = implement(harnessContract.timeline).$context<ApiContext>();
  return { read: procedures.read.handler(({ input }) => read(input.id)) };
}
