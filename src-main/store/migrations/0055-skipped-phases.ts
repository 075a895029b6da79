import type { Migration } from './migration.ts';

/** Lists draw the phases of a run too: which of them were skipped (JSON, their states) stands with the run, so that a page of runs asks once. */
export const skippedPhases: Migration = {
  id: 55,
  name: 'skipped-phases',
  sql: `
ALTER TABLE run ADD COLUMN skipped_phases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(skipped_phases));
UPDATE run SET skipped_phases = (SELECT json_group_array(state) FROM run_phase WHERE run = number AND outcome = 'skipped')
WHERE EXISTS (SELECT 1 FROM run_phase WHERE run = number AND outcome = 'skipped');
`,
};
