import type { Migration } from './migration.ts';

/** `grid` (JSON) holds rows and columns as they were named at the start; `matrix_run` the first run of each cell, whose reruns are found by their origin. */
export const matrices: Migration = {
  id: 85,
  name: 'matrices',
  sql: `
CREATE TABLE matrix (
  id TEXT PRIMARY KEY,
  request_key TEXT UNIQUE,
  name TEXT NOT NULL,
  grid TEXT NOT NULL CHECK (json_valid(grid)),
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX matrix_by_age ON matrix (created_at);

CREATE TABLE matrix_run (
  matrix_id TEXT NOT NULL REFERENCES matrix (id) ON DELETE CASCADE,
  cell_row INTEGER NOT NULL,
  cell_column INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  PRIMARY KEY (matrix_id, cell_row, cell_column)
) STRICT, WITHOUT ROWID;
CREATE INDEX matrix_run_by_run ON matrix_run (run_id);
`,
};
