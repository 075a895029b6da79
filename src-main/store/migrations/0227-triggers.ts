import type { Migration } from './migration.ts';

/** `secret_hash` is the SHA-256 of the secret; `secret` refers to the secret itself, which signatures are checked with, and is null for all others. */
export const triggers: Migration = {
  id: 227,
  name: 'triggers',
  sql: `
CREATE TABLE run_trigger (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  condition_id TEXT,
  suts TEXT NOT NULL CHECK (json_valid(suts)),
  proof TEXT NOT NULL,
  conditions TEXT NOT NULL CHECK (json_valid(conditions)),
  variables TEXT NOT NULL CHECK (json_valid(variables)),
  enabled INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  secret TEXT,
  secret_made_at INTEGER NOT NULL,
  stranger_at INTEGER
) STRICT;
CREATE TABLE run_trigger_delivery (
  id TEXT PRIMARY KEY,
  trigger_id TEXT NOT NULL REFERENCES run_trigger (id) ON DELETE CASCADE,
  key TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  run_id TEXT,
  problem TEXT,
  UNIQUE (trigger_id, key)
) STRICT;
`,
};
