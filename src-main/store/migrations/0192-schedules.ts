import type { Migration } from './migration.ts';

/** `due_at` is the time that comes next; it moves on after the start, whose request key is made of it: after a kill it starts once, not twice. */
export const schedules: Migration = {
  id: 192,
  name: 'schedules',
  sql: `
CREATE TABLE schedule (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  cron TEXT NOT NULL,
  zone TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  condition_id TEXT,
  suts TEXT NOT NULL CHECK (json_valid(suts)),
  missed TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  due_at INTEGER,
  last_at INTEGER,
  last_run_id TEXT,
  problem TEXT
) STRICT;
`,
};
