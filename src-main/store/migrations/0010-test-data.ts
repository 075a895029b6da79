import type { Migration } from './migration.ts';

/**
 * A revision is content and knows no name; test data are a name with a history of revisions. `id` orders the history: a content that
 * comes back after another one is a new line of history with the same hash.
 */
export const testData: Migration = {
  id: 10,
  name: 'test-data',
  sql: `
CREATE TABLE test_data (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE revision (
  hash TEXT PRIMARY KEY,
  file_count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  suite_count INTEGER NOT NULL DEFAULT 0,
  case_count INTEGER NOT NULL DEFAULT 0,
  error_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE test_data_revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  hash TEXT NOT NULL REFERENCES revision (hash),
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX test_data_revision_by_test_data ON test_data_revision (test_data_id, id);
CREATE INDEX test_data_revision_by_hash ON test_data_revision (hash);

CREATE TABLE discovery (
  revision TEXT NOT NULL REFERENCES revision (hash) ON DELETE CASCADE,
  robot_version TEXT NOT NULL,
  schema INTEGER NOT NULL,
  content TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (revision, robot_version, schema)
) STRICT, WITHOUT ROWID;
`,
};
