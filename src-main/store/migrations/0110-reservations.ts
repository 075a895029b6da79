import { newId } from '../../new-id.ts';
import type { WritableStore } from '../handle.ts';
import type { Migration } from './migration.ts';

/**
 * `number` is the order of arrival. `hold` names the reservation that has a SUT now (active or ending): its primary key is what makes a
 * second holder impossible. `fence` outlives everything, so that the number of a SUT only ever grows. `waiting` (JSON) is what the last
 * decision said of one that waits. The columns `reserved_by` and `reserved_since` of `sut` are no longer used: they are a view of `hold`.
 */
export const reservations: Migration = {
  id: 110,
  name: 'reservations',
  sql: `
CREATE TABLE reservation (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  holder TEXT NOT NULL CHECK (holder <> ''),
  requested_by TEXT NOT NULL,
  need TEXT CHECK (json_valid(need)),
  purpose TEXT NOT NULL DEFAULT '',
  priority INTEGER NOT NULL DEFAULT 0,
  if_busy TEXT NOT NULL DEFAULT 'wait' CHECK (if_busy IN ('wait', 'refuse')),
  at_end TEXT NOT NULL DEFAULT 'nothing' CHECK (at_end IN ('nothing', 'powerOff')),
  state TEXT NOT NULL DEFAULT 'requested',
  reason_code TEXT,
  reason TEXT,
  wanted_begin INTEGER,
  duration_ms INTEGER,
  begin_at INTEGER,
  end_at INTEGER,
  answer_by INTEGER,
  gap_until INTEGER,
  waiting TEXT CHECK (json_valid(waiting)),
  ends_with_runs INTEGER NOT NULL DEFAULT 0,
  reminded_at INTEGER,
  requested_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((state IN ('granted', 'active', 'ending')) <= (begin_at IS NOT NULL)),
  CHECK ((reason_code IS NULL) = (reason IS NULL))
) STRICT;
CREATE INDEX reservation_alive ON reservation (state) WHERE state IN ('requested', 'waiting', 'granted', 'active', 'ending');
CREATE INDEX reservation_by_change ON reservation (changed_at);

CREATE TABLE reservation_sut (
  reservation INTEGER NOT NULL REFERENCES reservation (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  sut_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (reservation, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_sut_by_sut ON reservation_sut (sut_id);

CREATE TABLE hold (
  sut_id TEXT PRIMARY KEY,
  reservation INTEGER NOT NULL REFERENCES reservation (number)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_by_reservation ON hold (reservation);

CREATE TABLE fence (
  sut_id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  token TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO fence SELECT e.sut_id, e.epoch, coalesce(l.token, lower(hex(randomblob(16))))
  FROM lease_epoch AS e LEFT JOIN lease AS l ON l.sut_id = e.sut_id;
DROP TABLE lease_epoch;

CREATE TABLE person (
  name_key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  contact TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
  move: holdsToReservations,
};

interface HeldBefore {
  id: string;
  name: string;
  by: string;
  since: number;
  forRun: number;
}

/** What is held becomes open-ended active reservations; what was reserved for a run only still ends with the runs. */
function holdsToReservations(store: WritableStore): void {
  const held = store
    .prepare<[], HeldBefore>(
      `SELECT id, name, reserved_by AS by, reserved_since AS since, EXISTS (
         SELECT 1 FROM run_sut JOIN run ON run.number = run_sut.run WHERE sut_id = sut.id AND reserved_here = 1 AND run.state <> 'ended'
       ) AS forRun FROM sut WHERE reserved_by IS NOT NULL`,
    )
    .all();
  for (const { id, name, by, since, forRun } of held) {
    const { lastInsertRowid } = store
      .prepare(
        `INSERT INTO reservation (id, holder, requested_by, state, begin_at, ends_with_runs, requested_at, changed_at)
         VALUES (?, ?, ?, 'active', ?, ?, ?, ?)`,
      )
      .run(newId(since), by, by, since, forRun, since, since);
    store.prepare('INSERT INTO reservation_sut (reservation, ordinal, sut_id, name) VALUES (?, 0, ?, ?)').run(lastInsertRowid, id, name);
    store.prepare('INSERT INTO hold (sut_id, reservation) VALUES (?, ?)').run(id, lastInsertRowid);
    store.prepare('INSERT OR IGNORE INTO fence (sut_id, number, token) VALUES (?, 1, lower(hex(randomblob(16))))').run(id);
  }
  store.prepare('UPDATE sut SET reserved_by = NULL, reserved_since = NULL').run();
  store.exec('ALTER TABLE run_sut DROP COLUMN reserved_here');
}
