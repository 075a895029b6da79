import type { Migration } from './migration.ts';

/** What people have typed and not saved as a revision yet: one row for each person and file. Times are UTC milliseconds. */
export const drafts: Migration = {
  id: 90,
  name: 'drafts',
  sql: `
CREATE TABLE draft (
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  person TEXT NOT NULL,
  path TEXT NOT NULL,
  base TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (test_data_id, person, path)
) STRICT, WITHOUT ROWID;
`,
};
