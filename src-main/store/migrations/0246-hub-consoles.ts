import type { Migration } from './migration.ts';

/** `consoles` (RemoteConsoles): what remote people may do with the consoles of machines that they hold. */
export const hubConsoles: Migration = {
  id: 246,
  name: 'hub-consoles',
  sql: `ALTER TABLE hub ADD COLUMN consoles TEXT NOT NULL DEFAULT 'nothing' CHECK (consoles IN ('nothing', 'read', 'write'));\n`,
};
