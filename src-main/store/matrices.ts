import type { Matrix } from '../../src-shared/model/matrix.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface MatrixRow extends Pick<Matrix, 'id' | 'name' | 'rows' | 'columns' | 'createdAt' | 'createdBy'> {
  requestKey: string | null;
}

interface RawRow extends Omit<MatrixRow, 'rows' | 'columns'> {
  grid: string;
}

export interface CellStart {
  row: number;
  column: number;
  runId: string;
}

const SELECT = 'SELECT id, request_key AS requestKey, name, grid, created_at AS createdAt, created_by AS createdBy FROM matrix';

/** Newest first. */
export function listMatrices(store: ReadableStore): MatrixRow[] {
  return store.prepare<[], RawRow>(`${SELECT} ORDER BY created_at DESC, id DESC`).all().map(parse);
}

export function findMatrix(store: ReadableStore, id: string): MatrixRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE id = ?`).get(id);
  return row && parse(row);
}

export function findMatrixByRequestKey(store: ReadableStore, key: string): MatrixRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE request_key = ?`).get(key);
  return row && parse(row);
}

/** The caller holds the transaction that makes its runs, too. */
export function insertMatrix(store: WritableStore, matrix: MatrixRow, cells: readonly CellStart[]): void {
  const { rows, columns, ...row } = matrix;
  store
    .prepare(
      `INSERT INTO matrix (id, request_key, name, grid, created_at, created_by)
       VALUES (@id, @requestKey, @name, @grid, @createdAt, @createdBy)`,
    )
    .run({ ...row, grid: JSON.stringify({ rows, columns }) });
  const add = store.prepare('INSERT INTO matrix_run (matrix_id, cell_row, cell_column, run_id) VALUES (?, ?, ?, ?)');
  for (const { row: cellRow, column, runId } of cells) add.run(matrix.id, cellRow, column, runId);
}

export function deleteMatrix(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM matrix WHERE id = ?').run(id);
}

/** Every run of every cell, its first one and all that repeat it in turn, oldest first; one that was removed is still named. */
export function listCellRuns(store: ReadableStore, id: string): CellStart[] {
  return store
    .prepare<[string], CellStart>(
      `WITH RECURSIVE chain (cell_row, cell_column, run_id) AS (
         SELECT cell_row, cell_column, run_id FROM matrix_run WHERE matrix_id = ?
         UNION SELECT chain.cell_row, chain.cell_column, run.id FROM run JOIN chain ON run.rerun_of = chain.run_id)
       SELECT cell_row AS row, cell_column AS "column", run_id AS runId FROM chain LEFT JOIN run ON run.id = chain.run_id
       ORDER BY cell_row, cell_column, run.number`,
    )
    .all(id);
}

function parse({ grid, ...row }: RawRow): MatrixRow {
  return { ...row, ...(JSON.parse(grid) as Pick<MatrixRow, 'rows' | 'columns'>) };
}
