import type { Migration } from './migration.ts';

/**
 * What histories over millions of results are found by. `run_library` follows `run.libraries` by triggers, so that whoever writes a run
 * need not know of it; the index of failures is small, for most results passed. `failure_text_term` lists the three signs in a row that the
 * index of messages knows; with how messages end, words of one or two signs are found by it as well.
 */
export const historyIndexes: Migration = {
  id: 215,
  name: 'history-indexes',
  sql: `
CREATE TABLE run_library (
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  PRIMARY KEY (name, run, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_library_by_run ON run_library (run);
CREATE TRIGGER run_library_added AFTER INSERT ON run WHEN new.libraries <> '[]' BEGIN
  INSERT OR IGNORE INTO run_library (name, version, run)
    SELECT value ->> 'name', value ->> 'version', new.number FROM json_each(new.libraries)
    WHERE value ->> 'name' IS NOT NULL AND value ->> 'version' IS NOT NULL;
END;
CREATE TRIGGER run_library_changed AFTER UPDATE OF libraries ON run BEGIN
  DELETE FROM run_library WHERE run = new.number;
  INSERT OR IGNORE INTO run_library (name, version, run)
    SELECT value ->> 'name', value ->> 'version', new.number FROM json_each(new.libraries)
    WHERE value ->> 'name' IS NOT NULL AND value ->> 'version' IS NOT NULL;
END;
INSERT OR IGNORE INTO run_library (name, version, run)
  SELECT value ->> 'name', value ->> 'version', run.number FROM run, json_each(run.libraries)
  WHERE value ->> 'name' IS NOT NULL AND value ->> 'version' IS NOT NULL;

CREATE INDEX run_by_plan_name ON run (plan_name, created_at) WHERE plan_name IS NOT NULL;
CREATE INDEX run_result_failed ON run_result (run, name_id) WHERE status = 'failed';
CREATE INDEX run_still_coming ON run (imported_at) WHERE imported_at = 0;
CREATE INDEX reservation_sut_by_name ON reservation_sut (name);

CREATE VIRTUAL TABLE failure_text_term USING fts5vocab(failure_text_index, row);
CREATE INDEX failure_text_by_last ON failure_text (lower(substr(text, -1)));
CREATE INDEX failure_text_by_last_two ON failure_text (lower(substr(text, -2)));
`,
};
