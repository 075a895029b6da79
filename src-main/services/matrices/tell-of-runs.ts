import { listRunSuts, listRunsById } from '../../store/runs.ts';
import { announce } from '../runs/run-services.ts';
import type { MatrixServices } from './matrix-services.ts';

/** After runs were made for a matrix: tells of them, of what they hold and of the matrix, and lets them begin. */
export function tellOfRuns({ runs, engine }: MatrixServices, matrixId: string, runIds: readonly string[]): void {
  announce(runs, runIds);
  const suts = new Set(listRunsById(runs.store, runIds).flatMap(({ number }) => listRunSuts(runs.store, number).map(({ id }) => id)));
  runs.holds.settle();
  if (suts.size > 0) runs.changes.emit('suts:changed', { ids: [...suts], removed: [] });
  runs.changes.emit('matrices:changed', { ids: [matrixId] });
  engine.dispatch();
}
