import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Matrix, MatrixCellTime, MatrixRequest, MatrixSummary } from '../../model/matrix.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Matrices'] };
const ById = z.object({ id: Id });

export const matrices = {
  /** Makes all runs or none: PREFLIGHT_FAILED names every reason of every cell, once. */
  start: procedure
    .route({ method: 'POST', path: '/matrices', ...tag })
    .input(MatrixRequest)
    .output(Matrix),
  /** Newest first. */
  list: procedure.route({ method: 'GET', path: '/matrices', ...tag }).output(z.array(MatrixSummary)),
  get: procedure
    .route({ method: 'GET', path: '/matrices/{id}', ...tag })
    .input(ById)
    .output(Matrix),
  /** Every combination over time: all ended runs of its plan under its condition on its SUTs, whoever started them. */
  overTime: procedure
    .route({ method: 'GET', path: '/matrices/{id}/over-time', ...tag })
    .input(ById)
    .output(z.array(MatrixCellTime)),
  /** Asks every run of it that is not ended to end. */
  stop: procedure
    .route({ method: 'POST', path: '/matrices/{id}/stop', ...tag })
    .input(ById)
    .output(Matrix),
  /**
   * Each cell whose newest run ended and did not pass is run again: its failures when tests failed, the whole when it ended in error,
   * stopped or lost. All or none. CONFLICT when there is nothing to rerun.
   */
  rerunFailed: procedure
    .route({ method: 'POST', path: '/matrices/{id}/rerun', ...tag })
    .input(ById)
    .output(Matrix),
  /** Forgets the grid; its runs stay. */
  remove: procedure
    .route({ method: 'DELETE', path: '/matrices/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** The whole grid, and again at each change of its runs; ends never by itself. */
  watch: procedure
    .route({ method: 'GET', path: '/matrices/{id}/watch', ...tag })
    .input(ById)
    .output(eventIterator(Matrix)),
};
