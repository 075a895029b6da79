import type { Migration } from './migration.ts';

/**
 * Test data get an author, the name of their root suite, a past and a link; their history gets numbers, parents, messages and a source
 * in parts. What was there before ran under the root suite `Suites`, and keeps that name so that its results go on. What was never
 * counted was kept as 0 cases: from here on it is not `counted`.
 */
export const testDataHistory: Migration = {
  id: 60,
  name: 'test-data-history',
  sql: `
ALTER TABLE test_data ADD COLUMN suite_name TEXT NOT NULL DEFAULT 'Suites';
ALTER TABLE test_data ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE test_data ADD COLUMN archived_at INTEGER;
ALTER TABLE test_data ADD COLUMN copied_from TEXT CHECK (copied_from IS NULL OR json_valid(copied_from));
UPDATE test_data SET author = (SELECT imported_by FROM test_data_revision WHERE test_data_id = test_data.id ORDER BY id LIMIT 1);

ALTER TABLE revision ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
UPDATE revision SET counted = 1 WHERE hash IN (SELECT revision FROM discovery);

ALTER TABLE test_data_revision RENAME COLUMN imported_at TO created_at;
ALTER TABLE test_data_revision RENAME COLUMN imported_by TO author;
ALTER TABLE test_data_revision ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE test_data_revision ADD COLUMN parent INTEGER;
ALTER TABLE test_data_revision ADD COLUMN message TEXT NOT NULL DEFAULT '';
UPDATE test_data_revision SET
  number = (SELECT count(*) FROM test_data_revision AS other WHERE other.test_data_id = test_data_revision.test_data_id AND other.id <= test_data_revision.id),
  source = json_object(
    'kind', CASE WHEN source = 'ATN Workbench' THEN 'sample' WHEN lower(source) LIKE '%.zip' THEN 'zip'
      WHEN lower(source) LIKE '%.robot' THEN 'file' ELSE 'folder' END,
    'place', source, 'ref', NULL, 'commit', NULL, 'subfolder', NULL);
UPDATE test_data_revision SET parent = number - 1 WHERE number > 1;
CREATE UNIQUE INDEX test_data_revision_by_number ON test_data_revision (test_data_id, number);

CREATE TABLE test_data_link (
  test_data_id TEXT PRIMARY KEY REFERENCES test_data (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  ref TEXT,
  subfolder TEXT,
  state TEXT NOT NULL DEFAULT 'unknown',
  checked_at INTEGER,
  newer TEXT CHECK (newer IS NULL OR json_valid(newer)),
  problem TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE revision_leaving (
  hash TEXT PRIMARY KEY,
  discovery TEXT NOT NULL CHECK (json_valid(discovery))
) STRICT, WITHOUT ROWID;
`,
};
