import type { Migration } from './migration.ts';

/**
 * What is known of machines out of band. `endpoints`, `card`, `identity`, `maintenance`, `quarantine` are JSON as in the model, with references
 * in place of passwords. `sut_event` is the history of a SUT; it stays when the SUT is removed only as long as nobody cleans it.
 */
export const machines: Migration = {
  id: 100,
  name: 'machines',
  sql: `
ALTER TABLE sut ADD COLUMN parent_id TEXT REFERENCES sut (id) ON DELETE SET NULL;
ALTER TABLE sut ADD COLUMN endpoints TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(endpoints));
ALTER TABLE sut ADD COLUMN identity TEXT CHECK (json_valid(identity));
ALTER TABLE sut ADD COLUMN card TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(card));
ALTER TABLE sut ADD COLUMN maintenance TEXT CHECK (json_valid(maintenance));
ALTER TABLE sut ADD COLUMN quarantine TEXT CHECK (json_valid(quarantine));

CREATE TABLE sut_event (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sut_id TEXT NOT NULL REFERENCES sut (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'refused', 'underway', 'unknown', 'noted')),
  message TEXT,
  provider TEXT,
  took_ms REAL,
  attempts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(attempts))
) STRICT;
CREATE INDEX sut_event_by_sut ON sut_event (sut_id, number);
CREATE INDEX sut_event_underway ON sut_event (outcome) WHERE outcome = 'underway';
`,
};
