// The text of resources/robot/record_schema.sql, so that a bundle needs no file beside it. A test holds the two equal.
export const schemaSql = `-- The run record: one SQLite file a run. The listener writes it, @atn/run-record reads it; this is the only DDL.
-- Numeric codes are a storage detail of this file, atn_record.py and packages/run-record/src/codes.ts.

-- schema, robot, python, startedAt, totalTests, closed (0/1), dropped (why recording stopped, when it did),
-- metadata:<item id> (JSON object, suites that have metadata)
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) STRICT;

CREATE TABLE IF NOT EXISTS item (
  id INTEGER PRIMARY KEY,   -- order of start
  parent INTEGER,           -- item id, NULL for the root suite
  kind INTEGER NOT NULL,    -- 0 suite, 1 test, 2 keyword, 3 setup, 4 teardown, 5 for, 6 iteration, 7 if/else root,
                            -- 8 if branch, 9 try root, 10 try branch, 11 while, 12 while iteration, 13 var,
                            -- 14 return, 15 continue, 16 break, 17 error, 18 group
  name TEXT NOT NULL,
  owner TEXT,               -- library or resource that owns the keyword
  args TEXT,                -- JSON array of strings, NULL if none
  assign TEXT,              -- JSON array of strings, NULL if none
  doc TEXT,
  tags TEXT,                -- JSON array of strings, NULL if none
  source TEXT,              -- suites and tests: always; below a test: only where it is not the file of the suite
  line INTEGER,
  robotId TEXT,             -- Robot's own id, suites and tests only
  status INTEGER,           -- NULL running; 0 PASS, 1 FAIL, 2 SKIP, 3 NOT RUN
  started INTEGER NOT NULL, -- ms UTC
  elapsed INTEGER,          -- microseconds by the monotonic clock, NULL while running
  message TEXT,             -- of tests, suites and failed keywords
  tests INTEGER             -- number of tests, suites only
) STRICT;

CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY,
  item INTEGER,             -- NULL: an execution error
  time INTEGER,             -- ms UTC
  level INTEGER,            -- 0 TRACE, 1 DEBUG, 2 INFO, 3 WARN, 4 ERROR, 5 FAIL, 6 CONSOLE, 7 SKIP
  html INTEGER,
  text TEXT
) STRICT;

CREATE INDEX IF NOT EXISTS item_parent ON item (parent);
CREATE INDEX IF NOT EXISTS item_failed ON item (parent) WHERE status = 1;
CREATE INDEX IF NOT EXISTS item_running ON item (parent) WHERE status IS NULL;
CREATE INDEX IF NOT EXISTS item_structure ON item (kind, status) WHERE kind < 2;
CREATE INDEX IF NOT EXISTS message_item ON message (item);

-- Set with the tables in one transaction: a reader that sees 1 sees all of them.
PRAGMA user_version = 1;
`;
