import type { Migration } from './migration.ts';

/**
 * `run.provisioning`: what a run is bound to (JSON). `provisioning` and its steps: what a run does to one SUT before and after its tests, written
 * before each deed, so that nothing is unknown for long after a crash. `installed`: what the harness has put on a SUT, as long as that is sure.
 */
export const provisioning: Migration = {
  id: 160,
  name: 'provisioning',
  sql: `
ALTER TABLE run ADD COLUMN provisioning TEXT CHECK (json_valid(provisioning));

CREATE TABLE provisioning (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  sut_id TEXT NOT NULL,
  sut_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'skipped', 'failed', 'stopped')),
  note TEXT,
  round INTEGER NOT NULL DEFAULT 1,
  answers_sha256 TEXT,
  fetched_bytes INTEGER,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (run, sut_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE provisioning_step (
  run INTEGER NOT NULL,
  sut_id TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('recipe', 'undo')),
  ordinal INTEGER NOT NULL,
  what TEXT NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER,
  ended_at INTEGER,
  note TEXT,
  PRIMARY KEY (run, sut_id, part, ordinal),
  FOREIGN KEY (run, sut_id) REFERENCES provisioning (run, sut_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE installed (
  sut_id TEXT PRIMARY KEY REFERENCES sut (id) ON DELETE CASCADE,
  image_name TEXT,
  image_sha256 TEXT,
  recipe TEXT NOT NULL,
  recipe_sha256 TEXT NOT NULL,
  answers_sha256 TEXT,
  at INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  dirty_since INTEGER,
  CHECK ((image_name IS NULL) = (image_sha256 IS NULL))
) STRICT, WITHOUT ROWID;
`,
};
