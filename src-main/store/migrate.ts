import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../errors.ts';
import type { WritableStore } from './handle.ts';
import type { Migration } from './migrations/migration.ts';

interface MigrateOptions {
  migrations: readonly Migration[];
  backups: string;
  now: number;
}

/** Applies what is missing, each in a transaction of its own, and stops at the first that fails: the store then is as the one before left it. */
export function migrate(store: WritableStore, options: MigrateOptions): void {
  store.exec(
    'CREATE TABLE IF NOT EXISTS schema_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  const applied = store.prepare<[], { id: number; name: string }>('SELECT id, name FROM schema_migration ORDER BY id').all();
  refuseNewer(applied, options.migrations);
  const missing = options.migrations.filter(({ id }) => !applied.some((done) => done.id === id));
  if (missing.length === 0) return;
  if (applied.length > 0) backUp(store, options);
  for (const migration of missing) apply(store, migration, options.now);
}

function apply(store: WritableStore, migration: Migration, now: number): void {
  try {
    store.transaction(() => {
      store.exec(migration.sql);
      migration.move?.(store);
      store.prepare('INSERT INTO schema_migration (id, name, applied_at) VALUES (?, ?, ?)').run(migration.id, migration.name, now);
    })();
  } catch (error) {
    if (error instanceof Error && 'code' in error && /FULL|IOERR|READONLY/u.test(String(error.code))) throw error;
    throw new WorkbenchError(
      'HOME_UNUSABLE',
      `The database could not be brought to this version (step ${migration.id}, ${migration.name}). It is as it was before; the version that you used until now still opens it.`,
      { details: [String(error)], cause: error },
    );
  }
}

/** An older workbench does not know what a newer schema means, so it touches nothing. */
function refuseNewer(applied: { id: number; name: string }[], known: readonly Migration[]): void {
  const unknown = applied.filter(({ id }) => !known.some((migration) => migration.id === id));
  if (unknown.length === 0) return;
  throw new WorkbenchError(
    'HOME_UNUSABLE',
    'This home was used by a newer version of ATN Workbench. Install that version, or choose another home.',
    {
      details: unknown.map(({ id, name }) => `unknown step ${id}, ${name}`),
    },
  );
}

function backUp(store: WritableStore, { backups, now }: MigrateOptions): void {
  mkdirSync(backups, { recursive: true });
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  store.prepare('VACUUM INTO ?').run(join(backups, `harness-${stamp}-before-update.db`));
}
