import type { Migration } from './migration.ts';

/**
 * Logins that a machine has refused, so that neither a new thread nor a new start of the workbench tries them on: BMCs lock accounts.
 * `mark` is a hash of everything but the password itself: with another password, user or address the count begins anew.
 */
export const refusedLogins: Migration = {
  id: 130,
  name: 'refused-logins',
  sql: `
CREATE TABLE refused_login (
  endpoint TEXT PRIMARY KEY,
  mark TEXT NOT NULL,
  refusals INTEGER NOT NULL CHECK (refusals > 0),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
