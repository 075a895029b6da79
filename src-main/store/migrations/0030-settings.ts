import type { Migration } from './migration.ts';

/** One row a setting that a person has changed; `value` is JSON. What is absent has its default. */
export const settings: Migration = {
  id: 30,
  name: 'settings',
  sql: `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
`,
};
