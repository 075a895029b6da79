import type { Migration } from './migration.ts';

/**
 * `run.turn`: place among queued runs of the same priority where somebody has moved it; null: by age. `run_usage`: what the processes of a run
 * took while it ran, as a series of at most some hundred samples.
 */
export const activity: Migration = {
  id: 180,
  name: 'activity',
  sql: `
ALTER TABLE run ADD COLUMN turn INTEGER;
CREATE TABLE run_usage (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  samples TEXT NOT NULL CHECK (json_valid(samples))
) STRICT;
`,
};
