import type { Migration } from './migration.ts';

/** `run_size`: bytes of what a run left, measured once it has ended. `run_part_removed`: what of a run was taken away since, and when. */
export const retention: Migration = {
  id: 191,
  name: 'retention',
  sql: `
CREATE TABLE run_size (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  report INTEGER NOT NULL,
  record INTEGER NOT NULL,
  console INTEGER NOT NULL,
  other INTEGER NOT NULL
) STRICT;
CREATE TABLE run_part_removed (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('report', 'record', 'console')),
  removed_at INTEGER NOT NULL,
  PRIMARY KEY (run, part)
) STRICT, WITHOUT ROWID;
`,
};
