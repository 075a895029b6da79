import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { HistoryService } from '../services/history/history.ts';
import type { Part } from './part.ts';

export function historyPart(history: HistoryService): Part<'history'> {
  const procedures = implement(harnessContract.history).$context<ApiContext>();
  return {
    of: procedures.of.handler(({ input }) => history.of(input)),
    overview: procedures.overview.handler(() => history.overview()),
    compare: procedures.compare.handler(({ input }) => history.compare(input.ids)),
  };
}
