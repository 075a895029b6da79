import type { Migration } from './migration.ts';

/** `limits` (JSON of ShareLimits): with which groups of the hub and in which hours a SUT is shared; no row = with everybody, always. */
export const shareLimits: Migration = {
  id: 225,
  name: 'share-limits',
  sql: `
CREATE TABLE hub_share_limit (
  sut_id TEXT PRIMARY KEY REFERENCES sut (id) ON DELETE CASCADE,
  limits TEXT NOT NULL CHECK (json_valid(limits))
) STRICT, WITHOUT ROWID;
`,
};
