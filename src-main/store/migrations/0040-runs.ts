import type { Migration } from './migration.ts';

/**
 * `run` holds what lists filter, sort and show; `selection` and `options` (JSON) what only the run itself needs. `number` is the short
 * key that the tables below use; `elapsed` is in microseconds. `suts_sha256` is the
 * content that holds what was known of the SUTs at the start. `run_exclusion` names the tests that a rerun of failures leaves out, because they came out well before. A lease belongs to a run in a state that holds one and to no other: both change in one transaction.
 * `lease_epoch` outlives leases, so that the epoch of a SUT only ever grows.
 */
export const runs: Migration = {
  id: 40,
  name: 'runs',
  sql: `
CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  request_key TEXT UNIQUE,
  name TEXT NOT NULL,
  test_data_id TEXT REFERENCES test_data (id),
  revision TEXT NOT NULL,
  suts TEXT NOT NULL CHECK (json_valid(suts)),
  suts_sha256 TEXT,
  condition TEXT,
  condition_sha256 TEXT,
  series_key TEXT NOT NULL,
  started_by TEXT NOT NULL,
  rerun_of TEXT REFERENCES run (id) ON DELETE SET NULL,
  selection TEXT NOT NULL CHECK (json_valid(selection)),
  options TEXT NOT NULL CHECK (json_valid(options)),
  failed_only INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'queued',
  verdict TEXT,
  cause TEXT,
  passed INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  not_run INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  happened TEXT,
  queue_position INTEGER,
  overtaken INTEGER NOT NULL DEFAULT 0,
  expected_ms INTEGER,
  stop_requested_at INTEGER,
  stop_by TEXT,
  stop_reason TEXT,
  stop_now INTEGER NOT NULL DEFAULT 0,
  stop_step TEXT,
  stop_next_step_at INTEGER,
  failure_code TEXT,
  failure_message TEXT,
  important INTEGER NOT NULL DEFAULT 0,
  robot_version TEXT,
  python_version TEXT,
  rebuilt INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CHECK ((state = 'ended') = (verdict IS NOT NULL))
) STRICT;
CREATE INDEX run_by_age ON run (created_at, number);
CREATE INDEX run_by_series ON run (series_key, created_at, number);
CREATE INDEX run_by_test_data ON run (test_data_id, created_at);
CREATE INDEX run_by_origin ON run (rerun_of) WHERE rerun_of IS NOT NULL;
CREATE INDEX run_not_ended ON run (state) WHERE state <> 'ended';

CREATE TABLE run_sut (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  sut_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reserved_here INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_sut_by_sut ON run_sut (sut_id);
CREATE INDEX run_sut_by_name ON run_sut (name, run);

CREATE TABLE run_phase (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT NOT NULL,
  note TEXT,
  expected_ms INTEGER,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE result_name (
  id INTEGER PRIMARY KEY,
  long_name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE run_result (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name_id INTEGER NOT NULL REFERENCES result_name (id),
  item INTEGER NOT NULL,
  status TEXT NOT NULL,
  elapsed INTEGER,
  message TEXT,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_result_by_name ON run_result (name_id, run);

CREATE TABLE run_exclusion (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  name_id INTEGER NOT NULL REFERENCES result_name (id),
  PRIMARY KEY (run, name_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
  sut_id TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (number),
  epoch INTEGER NOT NULL,
  token TEXT NOT NULL,
  taken_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_by_run ON lease (run);

CREATE TABLE lease_epoch (
  sut_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
