import { Kysely, Migrator, PostgresDialect, SqliteDialect, type Dialect, type SqliteDatabase } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { HubError } from '../errors.ts';
import { migrations } from './migrations/registry.ts';
import type { HubTables } from './tables.ts';

/** Where the hub keeps its facts: a file, or a PostgreSQL that several hub processes share. */
export type StorePlace = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

/** Queries with lists differ in length: the store remembers so many at most. */
const MOST_STATEMENTS = 300;

/** Opens the store and brings its schema up to date. A schema that a newer hub has made is refused and left alone. */
export async function openStore(place: StorePlace): Promise<Kysely<HubTables>> {
  const store = new Kysely<HubTables>({ dialect: place.kind === 'sqlite' ? await sqlite(place.file) : await postgres(place.url) });
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.destroy();
    throw error;
  }
}

async function migrate(store: Kysely<HubTables>): Promise<void> {
  const migrator = new Migrator({ db: store, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const done = (await migrator.getMigrations()).filter(({ executedAt }) => executedAt !== undefined);
  const unknown = await strangers(store, new Set(done.map(({ name }) => name)));
  if (unknown.length > 0) {
    throw new HubError(
      'HOME_UNUSABLE',
      `A newer hub has used this store (${unknown.join(', ')}). Start that version, or restore a backup.`,
    );
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new HubError('HOME_UNUSABLE', 'The store could not be brought up to date; it is as it was.', { cause: error });
}

/** Steps that the store has gone and this build does not know. */
async function strangers(store: Kysely<HubTables>, known: Set<string>): Promise<string[]> {
  const tables = await store.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await store.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name').execute();
  return rows.map(({ name }) => name).filter((name) => !known.has(name));
}

async function sqlite(file: string): Promise<Dialect> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  return new SqliteDialect({ database: remembering(database) });
}

/** Most queries are asked again and again, and to prepare one costs more than to answer it. */
function remembering(database: SqliteDatabase): SqliteDatabase {
  const known = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = known.get(sql) ?? database.prepare(sql);
      known.delete(sql);
      known.set(sql, statement);
      const [oldest] = known.keys();
      if (known.size > MOST_STATEMENTS && oldest !== undefined) known.delete(oldest);
      return statement;
    },
  };
}

async function postgres(url: string): Promise<Dialect> {
  const { default: pg } = await import('pg');
  // Counts and times are 64 bits wide there and fit a number here: milliseconds do for 285,000 years.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  return new PostgresDialect({ pool: steady(new pg.Pool({ connectionString: url, max: 10 })) });
}

/** Connections by which the processes of one hub call each other. Whoever opens it ends it. */
export async function openCallPool(url: string): Promise<{ pool: Pool; close: () => Promise<void> }> {
  const { default: pg } = await import('pg');
  const pool = steady(new pg.Pool({ connectionString: url, max: 4 }));
  const lent = new Set<PoolClient>();
  pool.on('acquire', (client) => void lent.add(client)).on('release', (_error, client) => void lent.delete(client));
  return { pool, close: () => endPool(pool, lent) };
}

/** ms; questions under way are answered much sooner. */
const LENT_LIMIT_MS = 500;

/**
 * Who listens for calls gives its connection back when it is closed, but not one that it has just asked for: a pool waits for that without
 * end, so it is taken away. And who then wants another must not ask for ever.
 */
async function endPool(pool: Pool, lent: ReadonlySet<PoolClient>): Promise<void> {
  const ended = pool.end();
  Object.assign(pool, { connect: () => new Promise(() => undefined) });
  const taking = setInterval(() => {
    for (const client of lent) {
      client.removeAllListeners('end');
      client.release(true);
    }
  }, LENT_LIMIT_MS);
  await ended;
  clearInterval(taking);
}

/** A database that goes away fails the questions that are asked of it, never the process. */
function steady(pool: Pool): Pool {
  const nothing = () => undefined;
  return pool.on('error', nothing).on('connect', (client) => void client.on('error', nothing));
}
