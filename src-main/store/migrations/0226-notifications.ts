import type { Migration } from './migration.ts';

/**
 * `looked_at` is the end (UTC ms) of the newest run that was looked at for this channel: what ended while nobody looked is found by it after a start.
 * One run is told once at a channel, whatever is killed when.
 */
export const notifications: Migration = {
  id: 226,
  name: 'notifications',
  sql: `
CREATE TABLE notification_channel (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  told_of TEXT NOT NULL CHECK (json_valid(told_of)),
  plan_id TEXT,
  enabled INTEGER NOT NULL,
  host TEXT NOT NULL,
  signed INTEGER NOT NULL,
  secret TEXT NOT NULL,
  mail TEXT CHECK (json_valid(mail)),
  made_by TEXT NOT NULL,
  looked_at INTEGER NOT NULL
) STRICT;
CREATE TABLE notification_delivery (
  id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL REFERENCES notification_channel (id) ON DELETE CASCADE,
  run_id TEXT NOT NULL,
  run_name TEXT NOT NULL,
  verdict TEXT,
  told_of TEXT NOT NULL CHECK (json_valid(told_of)),
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  tries INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER,
  next_at INTEGER,
  problem TEXT,
  UNIQUE (channel_id, run_id)
) STRICT;
CREATE INDEX notification_delivery_due ON notification_delivery (next_at) WHERE next_at IS NOT NULL;
`,
};
