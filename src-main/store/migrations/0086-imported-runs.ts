import type { Migration } from './migration.ts';

/** A run that came in a capsule: from which harness, when, and the names of its secret variables, which are to be supplied here. */
export const importedRuns: Migration = {
  id: 86,
  name: 'imported-runs',
  sql: `
ALTER TABLE run ADD COLUMN imported_at INTEGER;
ALTER TABLE run ADD COLUMN imported_from TEXT;
ALTER TABLE run ADD COLUMN secrets_to_supply TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(secrets_to_supply));
`,
};
