import type { ReadableStore } from './handle.ts';

/** Every table that SQLite keeps itself, those of search indexes included. */
export function listTables(store: ReadableStore): string[] {
  return store.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name").pluck().all();
}

const MOST_PROBLEMS = 20;

/** What SQLite finds wrong in a table, in its words; `whole`: its indexes are compared row by row, too. */
export function checkTable(store: ReadableStore, table: string, whole: boolean): string[] {
  const check = whole ? 'integrity_check' : 'quick_check';
  const rows = store.pragma(`${check}(${quoted(table)})`) as Record<string, string>[];
  return rows
    .flatMap((row) => Object.values(row))
    .filter((text) => text !== 'ok')
    .slice(0, MOST_PROBLEMS);
}

/** Rows that refer to something that is not there, by the table that they refer to. */
export function countOrphanRows(store: ReadableStore, table: string): { parent: string; rows: number }[] {
  const found = store.pragma(`foreign_key_check(${quoted(table)})`) as { parent: string }[];
  const counts = new Map<string, number>();
  for (const { parent } of found) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return [...counts].map(([parent, rows]) => ({ parent, rows }));
}

/** Nothing but texts of tests and machines, and millions of them. */
const BULK = /^(?:run_result|result_name|failure_text|run_search|run_usage|run_history|sut_event|hub_outbox)/u;
const HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gu;

/** Every hash that stands anywhere in a fact, inside of JSON as well: more than is needed, so that nothing in use is taken for left over. */
export function listMentionedHashes(store: ReadableStore): string[] {
  const found = new Set<string>();
  const columns = store
    .prepare<[], { table: string; column: string }>(
      `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
       WHERE t.schema = 'main' AND t.type = 'table' AND upper(c.type) = 'TEXT'`,
    )
    .all();
  for (const { table, column } of columns.filter((each) => !BULK.test(each.table))) {
    const values = store.prepare<[], string>(`SELECT "${column}" FROM "${table}" WHERE length("${column}") >= 64`).pluck();
    for (const value of values.iterate()) for (const [hash] of value.matchAll(HASH)) found.add(hash);
  }
  return [...found];
}

const quoted = (name: string) => `'${name.replaceAll("'", "''")}'`;
