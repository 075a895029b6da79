import type { Migration } from './migration.ts';

/**
 * `hub`: at most one, the hub that this home is enrolled at, and how far both logs have been counted. `hub_outbox`: what the hub is told,
 * each item chained to all before it. `hub_wish`: ids that came by mail; `dirty` = the hub has not been told its present truth yet, set by
 * triggers so that nobody who moves a reservation can forget it. `refused` (JSON) = it made no reservation. `hub_told_sut`: what of the
 * directory is in the outbox already.
 */
export const hub: Migration = {
  id: 170,
  name: 'hub',
  sql: `
CREATE TABLE hub (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  url TEXT NOT NULL,
  hub_name TEXT NOT NULL,
  harness_id TEXT NOT NULL,
  key_reference TEXT NOT NULL,
  public_key TEXT NOT NULL,
  machine_mark TEXT NOT NULL,
  store_gen TEXT NOT NULL,
  incarnation INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('ok', 'notApproved', 'copied', 'fenced', 'revoked')),
  acked INTEGER NOT NULL DEFAULT 0,
  mail_gen TEXT,
  mail_seq INTEGER NOT NULL DEFAULT 0,
  mail_chain TEXT NOT NULL DEFAULT '',
  paused INTEGER NOT NULL DEFAULT 0,
  told_paused INTEGER,
  enrolled_at INTEGER NOT NULL,
  last_up_at INTEGER
) STRICT;

CREATE TABLE hub_outbox (
  seq INTEGER PRIMARY KEY,
  nonce TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  chain TEXT NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;

CREATE TABLE hub_wish (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  refused TEXT CHECK (json_valid(refused)),
  dirty INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_wish_dirty ON hub_wish (dirty) WHERE dirty = 1;
CREATE TRIGGER hub_wish_moved AFTER UPDATE OF revision ON reservation
  WHEN EXISTS (SELECT 1 FROM hub_wish WHERE id = NEW.id)
  BEGIN UPDATE hub_wish SET dirty = 1 WHERE id = NEW.id; END;

CREATE TABLE hub_shared_sut (sut_id TEXT PRIMARY KEY REFERENCES sut (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE TABLE hub_told_sut (sut_id TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE hub_person_off (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`,
};
