import type { Migration } from './migration.ts';

/**
 * What free text over runs needs. A run points at the set of test names it ran and at the set of messages its failures left; sets are
 * shared by all runs that have the same one, so a thousand nights of one suite cost one. `members` is a packed array of 32-bit ids
 * (little endian, ascending) of `result_name` or `failure_text`. A set never changes and its id is never used again. `words` is the run's own text, folded to lower case, a line a field.
 */
export const runSearch: Migration = {
  id: 50,
  name: 'run-search',
  sql: `
CREATE TABLE failure_text (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE text_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('names', 'failures')),
  digest BLOB NOT NULL,
  members BLOB NOT NULL,
  UNIQUE (kind, digest)
) STRICT;
CREATE INDEX text_set_by_kind ON text_set (kind, id);

CREATE TABLE run_search (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  words TEXT NOT NULL,
  name_set INTEGER REFERENCES text_set (id),
  failure_set INTEGER REFERENCES text_set (id)
) STRICT;
CREATE INDEX run_search_by_name_set ON run_search (name_set);
CREATE INDEX run_search_by_failure_set ON run_search (failure_set);
CREATE TRIGGER run_search_deleted AFTER DELETE ON run_search BEGIN
  DELETE FROM text_set WHERE id = old.name_set AND NOT EXISTS (SELECT 1 FROM run_search WHERE name_set = old.name_set);
  DELETE FROM text_set WHERE id = old.failure_set AND NOT EXISTS (SELECT 1 FROM run_search WHERE failure_set = old.failure_set);
END;

CREATE VIRTUAL TABLE result_name_index USING fts5 (long_name, content = 'result_name', content_rowid = 'id', tokenize = 'trigram');
CREATE TRIGGER result_name_added AFTER INSERT ON result_name BEGIN
  INSERT INTO result_name_index (rowid, long_name) VALUES (new.id, new.long_name);
END;
CREATE TRIGGER result_name_deleted AFTER DELETE ON result_name BEGIN
  INSERT INTO result_name_index (result_name_index, rowid, long_name) VALUES ('delete', old.id, old.long_name);
END;
INSERT INTO result_name_index (result_name_index) VALUES ('rebuild');

CREATE VIRTUAL TABLE failure_text_index USING fts5 (text, content = 'failure_text', content_rowid = 'id', tokenize = 'trigram');
CREATE TRIGGER failure_text_added AFTER INSERT ON failure_text BEGIN
  INSERT INTO failure_text_index (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER failure_text_deleted AFTER DELETE ON failure_text BEGIN
  INSERT INTO failure_text_index (failure_text_index, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE INDEX run_in_list ON run (created_at, number, verdict);
CREATE INDEX run_by_name ON run (name, created_at);
CREATE INDEX run_by_starter ON run (started_by, created_at);
CREATE INDEX run_by_condition ON run (condition, created_at) WHERE condition IS NOT NULL;
`,
};
