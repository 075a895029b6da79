import type { Migration } from './migration.ts';

/** What was taken from a link last: the hash of a revision from a folder, the id of a commit from a repository; and when (UTC ms). */
export const linkTaken: Migration = {
  id: 61,
  name: 'link-taken',
  sql: `
ALTER TABLE test_data_link ADD COLUMN taken TEXT;
ALTER TABLE test_data_link ADD COLUMN taken_at INTEGER NOT NULL DEFAULT 0;
`,
};
