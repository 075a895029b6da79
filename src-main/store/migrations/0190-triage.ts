import type { Migration } from './migration.ts';

/**
 * What people and rules say about runs. `triage_mark.test` is null where the run as a whole is meant. A failure is explained by one rule at
 * most: the oldest that fits. `triage_done` names ended runs that the rules have seen, so that a kill between the end and them loses nothing.
 */
export const triage: Migration = {
  id: 190,
  name: 'triage',
  sql: `
CREATE TABLE triage_mark (
  id TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  test TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('comment', 'label', 'issue')),
  text TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX triage_mark_by_run ON triage_mark (run, made_at);

CREATE TABLE known_failure (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  test TEXT NOT NULL,
  sut TEXT NOT NULL,
  issue TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  last_match_at INTEGER,
  clear_runs INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE known_failure_match (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  rule TEXT NOT NULL REFERENCES known_failure (id) ON DELETE CASCADE,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_failure_match_by_rule ON known_failure_match (rule, run);

CREATE TABLE known_failure_test (
  rule TEXT NOT NULL REFERENCES known_failure (id) ON DELETE CASCADE,
  name_id INTEGER NOT NULL REFERENCES result_name (id),
  PRIMARY KEY (rule, name_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_failure_test_by_name ON known_failure_test (name_id);

CREATE TABLE triage_done (run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE) STRICT;
INSERT INTO triage_done SELECT number FROM run WHERE state = 'ended';
`,
};
