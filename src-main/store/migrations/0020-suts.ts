import type { Migration } from './migration.ts';

/**
 * `information` and `tags` are JSON arrays (SutField[] with references in place of secrets, string[]). A secret is kept encrypted under
 * its reference; `secret_vault` holds what is needed to get the key back, never the key.
 */
export const suts: Migration = {
  id: 20,
  name: 'suts',
  sql: `
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
`,
};
