import type { Migration } from './migration.ts';

/** An image is a content by its hash under a name and a revision. `image_arrival` is what is still being fetched: its bytes lie beside the contents, under its id. */
export const images: Migration = {
  id: 150,
  name: 'images',
  sql: `
CREATE TABLE image (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  revision TEXT NOT NULL,
  label_key TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  description TEXT NOT NULL CHECK (json_valid(description)),
  origin TEXT NOT NULL,
  expected INTEGER NOT NULL CHECK (expected IN (0, 1)),
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX image_by_content ON image (sha256);

CREATE TABLE image_arrival (
  id TEXT PRIMARY KEY,
  words TEXT NOT NULL CHECK (json_valid(words)),
  url TEXT NOT NULL,
  checksum_url TEXT,
  state TEXT NOT NULL CHECK (state IN ('fetching', 'paused', 'failed')),
  note TEXT,
  validator TEXT,
  total INTEGER,
  started_at INTEGER NOT NULL,
  started_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
