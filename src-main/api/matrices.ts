import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Matrix } from '../../src-shared/model/matrix.ts';
import type { ApiContext } from '../harness.ts';
import { removeMatrix, rerunFailedCells, stopMatrix } from '../services/matrices/act-on-matrix.ts';
import { readAllMatrices, readMatrix, readMatrixOverTime, type MatrixServices } from '../services/matrices/matrix-services.ts';
import { startMatrix } from '../services/matrices/start-matrix.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

export function matricesPart(services: MatrixServices): Part<'matrices'> {
  const procedures = implement(harnessContract.matrices).$context<ApiContext>();
  const { store, changes } = services.runs;
  return {
    start: procedures.start.handler(({ input, context }) => startMatrix(services, input, context.caller)),
    list: procedures.list.handler(() => readAllMatrices(store)),
    get: procedures.get.handler(({ input }) => readMatrix(store, input.id)),
    overTime: procedures.overTime.handler(({ input }) => readMatrixOverTime(store, input.id)),
    stop: procedures.stop.handler(({ input, context }) => stopMatrix(services, input.id, context.caller)),
    rerunFailed: procedures.rerunFailed.handler(({ input, context }) => rerunFailedCells(services, input.id, context.caller)),
    remove: procedures.remove.handler(({ input }) => {
      removeMatrix(services, input.id);
      return { removed: true };
    }),
    watch: procedures.watch.handler(({ input, signal }) =>
      coalescedFeed<unknown, true, Matrix>({
        listen: (listener) => {
          const stops = (['runs:changed', 'matrices:changed'] as const).map((change) => changes.on(change, listener));
          return () => stops.forEach((stop) => stop());
        },
        first: () => readMatrix(store, input.id),
        merge: () => true,
        take: () => readMatrix(store, input.id),
        signal,
        // A grid of many running cells changes all the time; twice a second is live enough for a verdict.
        pauseMs: 500,
      }),
    ),
  };
}
