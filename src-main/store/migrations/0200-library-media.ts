import type { Migration } from './migration.ts';

/** Images of the library that are in virtual drives. `drive` null: sent, and not known yet to which. `address`: what the drive was told. */
export const libraryMedia: Migration = {
  id: 200,
  name: 'library media',
  sql: `
CREATE TABLE library_media (
  id TEXT PRIMARY KEY,
  sut_id TEXT NOT NULL REFERENCES sut (id) ON DELETE CASCADE,
  drive TEXT,
  image TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  address TEXT NOT NULL,
  run_id TEXT,
  inserted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX library_media_by_sut ON library_media (sut_id);
`,
};
