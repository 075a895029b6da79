import type { ReadableStore } from './handle.ts';

/** What holds the hash of some content is called so, in every table; what is cleaned itself is left out. */
const NAMES = /(?:^|_)(?:sha256|hash|content)$/u;
const CLEANED = ['revision', 'test_data_revision', 'revision_leaving', 'discovery'];

/** Every hash of content that a fact of the store refers to, besides revisions of test data: of runs, libraries, drafts and what else there is. */
export function listContentReferences(store: ReadableStore): Set<string> {
  const columns = store
    .prepare<[], { table: string; column: string }>(
      `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
       WHERE t.schema = 'main' AND t.type = 'table' AND upper(c.type) = 'TEXT'`,
    )
    .all()
    .filter(({ table, column }) => NAMES.test(column) && !CLEANED.includes(table));
  const found = new Set<string>();
  for (const { table, column } of columns) {
    const values = store.prepare<[], string>(`SELECT DISTINCT "${column}" FROM "${table}" WHERE length("${column}") = 64`).pluck();
    for (const value of values.iterate()) found.add(value);
  }
  return found;
}
