import Database from 'better-sqlite3';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../errors.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/registry.ts';
import { openStore, type StoreOptions } from './open.ts';

const place = (): StoreOptions => {
  const home = mkdtempSync(join(tmpdir(), 'atn-store-'));
  return { file: join(home, 'harness.db'), backups: join(home, 'backups'), now: Date.UTC(2026, 0, 2) };
};
const step = (id: number, sql: string): Migration => ({ id, name: `step-${id}`, sql });
const first = step(10, 'CREATE TABLE one (value TEXT) STRICT;');
const refusal = (open: () => unknown) => {
  try {
    open();
  } catch (error) {
    return error instanceof WorkbenchError ? `${error.code} ${error.message}` : String(error);
  }
  return 'was opened';
};

describe('migrations', () => {
  it('are in order, with ids of their own and gaps between them', () => {
    const ids = migrations.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
  });
  it('make the schema that schema.sql shows', async () => {
    const { read, close } = openStore(place());
    const rows = read
      .prepare<[], { sql: string }>(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
      )
      .all();
    close();
    await expect(rows.map(({ sql }) => `${sql};\n`).join('\n')).toMatchFileSnapshot('./schema.sql');
  });
  it('run once each, and keep a copy of what there was before', () => {
    const options = place();
    openStore({ ...options, migrations: [first] }).close();
    const second = {
      ...step(20, 'CREATE TABLE two (value TEXT) STRICT;'),
      move: (store: Database.Database) => void store.exec("INSERT INTO two VALUES ('moved')"),
    };
    const { read, close } = openStore({ ...options, migrations: [first, second] });
    expect(read.prepare('SELECT value FROM two').pluck().all()).toEqual(['moved']);
    close();
    openStore({ ...options, migrations: [first, second] }).close();
    const copies = readdirSync(options.backups);
    expect(copies).toHaveLength(1);
    const copy = new Database(join(options.backups, copies[0] ?? ''), { readonly: true });
    expect(copy.prepare("SELECT name FROM sqlite_schema WHERE name IN ('one', 'two')").pluck().all()).toEqual(['one']);
    copy.close();
  });
  it('stop at the first that fails and leave the store as the one before left it', () => {
    const options = place();
    const broken = step(20, "CREATE TABLE two (value TEXT) STRICT; INSERT INTO two VALUES ('half'); INSERT INTO nowhere VALUES (1);");
    expect(
      refusal(() => openStore({ ...options, migrations: [first, broken, step(30, 'CREATE TABLE three (value TEXT) STRICT;')] })),
    ).toMatch(/HOME_UNUSABLE.*step 20/u);
    const { read, close } = openStore({ ...options, migrations: [first] });
    expect(read.prepare("SELECT name FROM sqlite_schema WHERE name IN ('one', 'two', 'three')").pluck().all()).toEqual(['one']);
    close();
  });
  it('refuse a store of a newer version and change nothing in it', () => {
    const options = place();
    openStore({ ...options, migrations: [first, step(990, 'CREATE TABLE future (value TEXT) STRICT;')] }).close();
    expect(refusal(() => openStore({ ...options, migrations: [first, step(20, 'CREATE TABLE two (value TEXT) STRICT;')] }))).toMatch(
      /HOME_UNUSABLE.*newer version/u,
    );
  });
});
