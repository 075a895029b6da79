import type { Matrix, MatrixCell, MatrixCellTime, MatrixSummary } from '../../../src-shared/model/matrix.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findMatrix, listCellRuns, listMatrices, type MatrixRow } from '../../store/matrices.ts';
import { readMatrixTimes } from '../../store/matrix-times.ts';
import { listRunsById, toSummary } from '../../store/runs.ts';
import type { Runs } from '../runs/create-runs.ts';
import type { RunServices } from '../runs/run-services.ts';

/** What every use case of this folder works with. */
export interface MatrixServices {
  runs: RunServices;
  engine: Pick<Runs, 'dispatch' | 'stop'>;
}

export function needMatrix(store: ReadableStore, id: string): MatrixRow {
  const row = findMatrix(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This matrix does not exist any more.');
  return row;
}

export function readMatrix(store: ReadableStore, id: string): Matrix {
  return withCells(store, needMatrix(store, id));
}

export function readMatrixOverTime(store: ReadableStore, id: string): MatrixCellTime[] {
  return readMatrixTimes(store, readMatrix(store, id));
}

export function readAllMatrices(store: ReadableStore): MatrixSummary[] {
  return listMatrices(store).map((row) => {
    const { id, name, createdAt, createdBy, cellCount, ended, verdicts } = withCells(store, row);
    return { id, name, createdAt, createdBy, cellCount, ended, verdicts };
  });
}

function withCells(store: ReadableStore, row: MatrixRow): Matrix {
  const found = listCellRuns(store, row.id);
  const runs = new Map(
    listRunsById(
      store,
      found.map(({ runId }) => runId),
    ).map((run) => [run.id, toSummary(run)]),
  );
  const cells = new Map<string, MatrixCell>();
  for (const { row: cellRow, column, runId } of found) {
    const key = `${cellRow} ${column}`;
    const cell = cells.get(key) ?? { row: cellRow, column, runIds: [], run: null };
    cells.set(key, { ...cell, runIds: [...cell.runIds, runId], run: runs.get(runId) ?? cell.run });
  }
  const { id, name, rows, columns, createdAt, createdBy } = row;
  const all = [...cells.values()];
  return { id, name, rows, columns, createdAt, createdBy, ...countsOf(all), cells: all };
}

function countsOf(cells: readonly MatrixCell[]): Pick<MatrixSummary, 'cellCount' | 'ended' | 'verdicts'> {
  const verdicts: Record<string, number> = {};
  for (const { run } of cells) {
    if (run === null) continue;
    const verdict = wordFor(run);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  return { cellCount: cells.length, ended: cells.filter(({ run }) => run?.state === 'ended').length, verdicts };
}

function wordFor({ verdict, state }: RunSummary): string {
  return verdict ?? (state === 'queued' ? 'queued' : 'running');
}
