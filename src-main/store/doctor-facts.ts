import type { ReadableStore } from './handle.ts';

export function listRunIds(store: ReadableStore): Set<string> {
  return new Set(store.prepare<[], string>('SELECT id FROM run').pluck().all());
}

/** Runs that have not ended, or only after `since`: what they started may still be ending. */
export function listLivingRunIds(store: ReadableStore, since: number): Set<string> {
  return new Set(store.prepare<[number], string>("SELECT id FROM run WHERE state <> 'ended' OR ended_at > ?").pluck().all(since));
}

/** Files that libraries and images are made of, with what they are called. */
export function listNamedContents(store: ReadableStore): { sha256: string; name: string }[] {
  return store
    .prepare<[], { sha256: string; name: string }>(
      `SELECT sha256, 'the image ' || name AS name FROM image
       UNION ALL SELECT v.sha256, 'the library ' || l.name || ' ' || v.version FROM library_version AS v JOIN library AS l ON l.id = v.library_id
         WHERE v.sha256 IS NOT NULL
       UNION ALL SELECT sha256, 'the package ' || name || ' ' || version FROM environment_wheel`,
    )
    .all();
}

/** Every revision that some test data have, with their name. */
export function listNamedRevisions(store: ReadableStore): { hash: string; name: string }[] {
  return store
    .prepare<[], { hash: string; name: string }>(
      `SELECT h.hash, 'the test data ' || t.name || ', revision ' || h.number AS name FROM test_data_revision AS h
       JOIN test_data AS t ON t.id = h.test_data_id ORDER BY h.id DESC`,
    )
    .all();
}

export interface RunFacts {
  id: string;
  name: string;
  state: string;
  verdict: string | null;
  cause: string | null;
  purpose: string;
  failureCode: string | null;
  failureMessage: string | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  robotVersion: string | null;
  pythonVersion: string | null;
  rebuilt: number;
}

export function listLastRuns(store: ReadableStore, count: number): RunFacts[] {
  return store
    .prepare<[number], RunFacts>(
      `SELECT id, name, state, verdict, cause, purpose, failure_code AS failureCode, failure_message AS failureMessage, created_at AS createdAt,
         started_at AS startedAt, ended_at AS endedAt, robot_version AS robotVersion, python_version AS pythonVersion, rebuilt
       FROM run WHERE imported_at IS NULL ORDER BY number DESC LIMIT ?`,
    )
    .all(count);
}

/** Names of people, whoever they are here. */
export function listPeopleNames(store: ReadableStore): string[] {
  return store
    .prepare<[], string>(
      `SELECT name FROM person UNION SELECT maintained_by FROM sut UNION SELECT holder FROM reservation UNION SELECT requested_by FROM reservation
       UNION SELECT started_by FROM run UNION SELECT author FROM test_data`,
    )
    .pluck()
    .all()
    .filter((name) => name !== '');
}

export function listSecretReferences(store: ReadableStore): string[] {
  return store.prepare<[], string>('SELECT reference FROM secret').pluck().all();
}

export interface StoreFigures {
  sqlite: string;
  bytes: number;
  /** Numbers and names of what has changed the schema. */
  migrations: string[];
  tables: { name: string; rows: number }[];
}

export function storeFigures(store: ReadableStore): StoreFigures {
  const pragma = (name: string) => Number(store.pragma(name, { simple: true }));
  const names = store
    .prepare<[], string>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') ORDER BY name")
    .pluck()
    .all();
  return {
    sqlite: store.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '',
    bytes: pragma('page_count') * pragma('page_size'),
    migrations: store.prepare<[], string>("SELECT id || ' ' || name FROM schema_migration ORDER BY id").pluck().all(),
    tables: names.map((name) => ({ name, rows: store.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0 })),
  };
}

/** What made the tables, without a row of theirs. */
export function storeSchema(store: ReadableStore): string {
  return store.prepare<[], string>("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").pluck().all().join('\n');
}
