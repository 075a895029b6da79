import type { Migration } from './migration.ts';

/** A run without tests: it only brings its machine into a wanted state. */
export const runPurpose: Migration = {
  id: 205,
  name: 'run-purpose',
  sql: `
ALTER TABLE run ADD COLUMN purpose TEXT NOT NULL DEFAULT 'test' CHECK (purpose IN ('test', 'provision'));
`,
};
