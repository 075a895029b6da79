import type { Migration } from './migration.ts';

/**
 * `end_provision`: what the SUTs are provisioned with when the hold is over; `at_end` is `nothing` then. `prepares`: the same of the hold that the
 * harness itself has meanwhile. Both JSON.
 */
export const provisionAtEnd: Migration = {
  id: 201,
  name: 'provision at the end',
  sql: `
ALTER TABLE reservation ADD COLUMN end_provision TEXT CHECK (json_valid(end_provision));
ALTER TABLE reservation ADD COLUMN prepares TEXT CHECK (json_valid(prepares));
`,
};
