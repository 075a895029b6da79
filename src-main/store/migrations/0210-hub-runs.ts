import type { Migration } from './migration.ts';

/**
 * `hub_run`: runs that came by mail. `wish` (JSON): what was asked, null where only its stop came. `run_id`: the run that it became;
 * `refused` (JSON): why it became none. `stop`: asked for, `done` = handed on. `told`: the state that the outbox says last. `published`:
 * the hub has all of it, or will never have more. `hub_content`: what was fetched from the hub by its hash, and what it became here, so
 * that nothing travels twice.
 */
export const hubRuns: Migration = {
  id: 210,
  name: 'hub-runs',
  sql: `
CREATE TABLE hub_run (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  wish TEXT CHECK (json_valid(wish)),
  run_id TEXT,
  refused TEXT CHECK (json_valid(refused)),
  stop TEXT CHECK (stop IN ('asked', 'now', 'done')),
  revision INTEGER NOT NULL DEFAULT 0,
  told TEXT NOT NULL DEFAULT '',
  published INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_run_open ON hub_run (published) WHERE published = 0;

CREATE TABLE hub_content (
  sha256 TEXT PRIMARY KEY,
  test_data_id TEXT NOT NULL,
  revision TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE hub ADD COLUMN runs_allowed INTEGER NOT NULL DEFAULT 0;
`,
};
