import type { Migration } from './migration.ts';

/**
 * A library is a name; its versions are wheels and folders by their hash, or requirements that a lock solves. A lock is found by
 * its hash, and by the set that it was solved for, so that the same set is the same lock again. `environment_wheel` are wheels that came with a
 * wheelhouse. `library_folder_file` names the contents of a folder of
 * modules, so that nobody cleans them away. A run has a copy of what it was bound to (`libraries`), and the lock that was made of it.
 */
export const libraries: Migration = {
  id: 70,
  name: 'libraries',
  sql: `
CREATE TABLE library (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  import_names TEXT NOT NULL CHECK (json_valid(import_names)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE library_version (
  id TEXT PRIMARY KEY,
  library_id TEXT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  version TEXT NOT NULL,
  source TEXT NOT NULL,
  requirement TEXT,
  sha256 TEXT,
  file_name TEXT,
  origin TEXT NOT NULL,
  size INTEGER,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  CHECK ((sha256 IS NULL) = (requirement IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX library_version_by_library ON library_version (library_id, added_at);

CREATE TABLE library_folder_file (
  folder TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (folder, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE test_data_library (
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  library_id TEXT NOT NULL REFERENCES library (id),
  version_id TEXT REFERENCES library_version (id),
  PRIMARY KEY (test_data_id, library_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX test_data_library_by_library ON test_data_library (library_id);

CREATE TABLE environment_lock (
  hash TEXT PRIMARY KEY,
  robot_version TEXT NOT NULL,
  python_version TEXT NOT NULL,
  platform TEXT NOT NULL,
  packages TEXT NOT NULL CHECK (json_valid(packages)),
  solved_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  damage TEXT CHECK (json_valid(damage))
) STRICT, WITHOUT ROWID;

CREATE TABLE environment_set (
  set_key TEXT PRIMARY KEY,
  lock_hash TEXT NOT NULL REFERENCES environment_lock (hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE environment_wheel (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  file_name TEXT NOT NULL,
  built_from TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX environment_wheel_by_package ON environment_wheel (name, version);

CREATE TABLE keyword_documentation (
  environment TEXT NOT NULL,
  library TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (environment, library)
) STRICT, WITHOUT ROWID;

ALTER TABLE run ADD COLUMN libraries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(libraries));
ALTER TABLE run ADD COLUMN lock_hash TEXT;
CREATE INDEX run_by_lock ON run (lock_hash) WHERE lock_hash IS NOT NULL;
`,
};
