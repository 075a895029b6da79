import type { Migration } from './migration.ts';

/**
 * A plan's versions are contents by their hash (`plan_content`, JSON), so that a run is bound to exactly one and keeps it when the plan is
 * removed. A condition holds its variables as JSON, secrets in it by reference; `condition_secret` and `run_secret` count who refers to a
 * secret, and the last one to go takes it along. A run has copies of everything it was started with: nothing of it points at what can be
 * edited. `round` counts the reruns that a plan's retry policy made.
 */
export const plans: Migration = {
  id: 80,
  name: 'plans',
  sql: `
CREATE TABLE plan_content (
  sha256 TEXT PRIMARY KEY,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_version (
  plan_id TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES plan_content (sha256),
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (plan_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_version_by_content ON plan_version (sha256);

CREATE TABLE test_condition (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  doc TEXT NOT NULL,
  parent_id TEXT REFERENCES test_condition (id),
  variables TEXT NOT NULL CHECK (json_valid(variables)),
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX test_condition_by_parent ON test_condition (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE condition_secret (
  condition_id TEXT NOT NULL REFERENCES test_condition (id) ON DELETE CASCADE,
  reference TEXT NOT NULL,
  PRIMARY KEY (condition_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX condition_secret_by_reference ON condition_secret (reference);

CREATE TABLE run_secret (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  name TEXT NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_secret_by_reference ON run_secret (reference);

CREATE TRIGGER condition_secret_left AFTER DELETE ON condition_secret BEGIN
  DELETE FROM secret WHERE reference = old.reference
    AND NOT EXISTS (SELECT 1 FROM condition_secret WHERE reference = old.reference)
    AND NOT EXISTS (SELECT 1 FROM run_secret WHERE reference = old.reference);
END;
CREATE TRIGGER run_secret_left AFTER DELETE ON run_secret BEGIN
  DELETE FROM secret WHERE reference = old.reference
    AND NOT EXISTS (SELECT 1 FROM condition_secret WHERE reference = old.reference)
    AND NOT EXISTS (SELECT 1 FROM run_secret WHERE reference = old.reference);
END;

ALTER TABLE run ADD COLUMN plan_id TEXT;
ALTER TABLE run ADD COLUMN plan_name TEXT;
ALTER TABLE run ADD COLUMN plan_sha256 TEXT;
ALTER TABLE run ADD COLUMN test_order TEXT CHECK (json_valid(test_order));
ALTER TABLE run ADD COLUMN retry_times INTEGER NOT NULL DEFAULT 0;
CREATE INDEX run_by_plan ON run (plan_id, created_at) WHERE plan_id IS NOT NULL;
`,
};
