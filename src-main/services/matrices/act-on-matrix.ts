import type { ErrorReason } from '../../../src-shared/contract/errors.ts';
import type { Matrix } from '../../../src-shared/model/matrix.ts';
import { WorkbenchError } from '../../errors.ts';
import { deleteMatrix } from '../../store/matrices.ts';
import type { Caller } from '../caller.ts';
import { checkRerun } from '../runs/rerun-run.ts';
import { bindRun, writeRun, type BoundRun } from '../runs/start-run.ts';
import { needMatrix, readMatrix, type MatrixServices } from './matrix-services.ts';
import { tellOfRuns } from './tell-of-runs.ts';

/** Asks every run that is not ended to end; one that ends at this moment by itself is no error. */
export async function stopMatrix({ runs, engine }: MatrixServices, id: string, caller: Caller): Promise<Matrix> {
  const { name, cells } = readMatrix(runs.store, id);
  // Those that wait go first, else each would begin in the place of one that was stopped.
  const going = cells.flatMap(({ run }) => (run === null || run.state === 'ended' ? [] : [run]));
  const order = [...going.filter(({ state }) => state === 'queued'), ...going.filter(({ state }) => state !== 'queued')];
  for (const run of order) {
    try {
      await engine.stop({ id: run.id, reason: `The matrix ${name} was stopped.`, now: false }, caller);
    } catch (error) {
      if (!(error instanceof WorkbenchError) || error.code !== 'CONFLICT') throw error;
    }
  }
  return readMatrix(runs.store, id);
}

/** Runs again what did not pass: the failures of a run that failed, all of one that could not do its work. All of them or none. */
export async function rerunFailedCells(services: MatrixServices, id: string, caller: Caller): Promise<Matrix> {
  const { runs } = services;
  const { cells } = readMatrix(runs.store, id);
  const again = cells.flatMap(({ run }) => (run?.state === 'ended' && run.verdict !== 'passed' ? [run] : []));
  if (again.length === 0) throw new WorkbenchError('CONFLICT', 'Nothing that has ended did not pass, so there is nothing to run again.');
  const bound: BoundRun[] = [];
  const reasons: ErrorReason[] = [];
  for (const run of again) {
    try {
      bound.push(await bindRun(runs, await checkRerun(runs, { id: run.id, failedOnly: run.verdict === 'failed' }, caller.user)));
    } catch (error) {
      if (!(error instanceof WorkbenchError) || error.code !== 'PREFLIGHT_FAILED') throw error;
      reasons.push(...error.data.reasons);
    }
  }
  const [first] = reasons;
  if (first !== undefined) throw new WorkbenchError('PREFLIGHT_FAILED', `The matrix cannot be run again. ${first.message}`, { reasons });
  const ids = runs.store.transaction(() => bound.map((run) => writeRun(runs, run)))();
  tellOfRuns(services, id, ids);
  return readMatrix(runs.store, id);
}

/** Forgets the grid; its runs stay. */
export function removeMatrix({ runs }: MatrixServices, id: string): void {
  needMatrix(runs.store, id);
  deleteMatrix(runs.store, id);
  runs.changes.emit('matrices:changed', { ids: [id] });
}
