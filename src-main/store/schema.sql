CREATE TABLE discovery (
  revision TEXT NOT NULL REFERENCES revision (hash) ON DELETE CASCADE,
  robot_version TEXT NOT NULL,
  schema INTEGER NOT NULL,
  content TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (revision, robot_version, schema)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
  hash TEXT PRIMARY KEY,
  file_count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  suite_count INTEGER NOT NULL DEFAULT 0,
  case_count INTEGER NOT NULL DEFAULT 0,
  error_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE schema_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE secret (
  reference TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE secret_vault (
  backend TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  sealed_check BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE sut (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('sut', 'environment')),
  information TEXT NOT NULL CHECK (json_valid(information)),
  tags TEXT NOT NULL CHECK (json_valid(tags)),
  maintained_by TEXT NOT NULL CHECK (maintained_by <> ''),
  reserved_by TEXT,
  reserved_since INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((reserved_by IS NULL) = (reserved_since IS NULL))
) STRICT;

CREATE TABLE test_data (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE test_data_revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  hash TEXT NOT NULL REFERENCES revision (hash),
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;

CREATE INDEX test_data_revision_by_hash ON test_data_revision (hash);

CREATE INDEX test_data_revision_by_test_data ON test_data_revision (test_data_id, id);
