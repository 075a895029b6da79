import type { Migration } from './migration.ts';

/**
 * `bring` (JSON of BringLimits): what remote people may bring besides suites; null = nothing. `told_policy`: what the outbox says of pause
 * and limits, as JSON; null = nothing yet. `hub_library`: a wheel of the hub, by its hash, and what it became here.
 */
export const bringLimits: Migration = {
  id: 242,
  name: 'bring-limits',
  sql: `
ALTER TABLE hub ADD COLUMN bring TEXT;
ALTER TABLE hub ADD COLUMN told_policy TEXT;
ALTER TABLE hub DROP COLUMN told_paused;
CREATE TABLE hub_library (
  sha256 TEXT PRIMARY KEY,
  library_id TEXT NOT NULL,
  version_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
