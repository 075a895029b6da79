import { atOneMoment, prepare, type RecordReader } from './open.ts';
import { itemColumns, toItem, type ItemRow } from './rows.ts';
import type { Page, RecordFailure, RecordItem } from './types.ts';

const failedTestsSql = `SELECT ${itemColumns} FROM item
  WHERE kind = 1 AND kind < 2 AND status = 1 AND id > ? ORDER BY id LIMIT ?`;
const failedChildSql = `SELECT ${itemColumns} FROM item WHERE parent = ? AND status = 1 AND kind > 1 ORDER BY id LIMIT 1`;
const failedFixtureSql = `SELECT ${itemColumns} FROM item
  WHERE parent = ? AND status = 1 AND kind IN (3, 4) ORDER BY kind, id LIMIT 1`;
const parentSql = 'SELECT parent FROM item WHERE id = ?';

/** Failed tests in the order they started, each with the keyword that failed first. */
export function failures(record: RecordReader, page: Page): RecordFailure[] {
  return atOneMoment(record, () => {
    const rows = prepare<[number, number], ItemRow>(record, failedTestsSql).all(page.afterId ?? 0, page.limit);
    return rows.map((row) => ({ test: toItem(row), cause: causeOf(record, row.id) }));
  });
}

export function firstFailure(record: RecordReader): RecordFailure | null {
  return failures(record, { limit: 1 })[0] ?? null;
}

/** A failure that was caught ends inside an item that passed, so only failed items are followed down. */
function causeOf(record: RecordReader, test: number): RecordItem | null {
  return deepest(record, firstRow(record, failedChildSql, test)) ?? fixtureCause(record, test);
}

/** No keyword of its own failed: a set-up or tear-down of a suite above did. */
function fixtureCause(record: RecordReader, test: number): RecordItem | null {
  const parents = prepare<[number], { parent: number | null }>(record, parentSql);
  for (let suite = parents.get(test)?.parent; typeof suite === 'number'; suite = parents.get(suite)?.parent) {
    const fixture = deepest(record, firstRow(record, failedFixtureSql, suite));
    if (fixture !== null) return fixture;
  }
  return null;
}

function deepest(record: RecordReader, from: ItemRow | undefined): RecordItem | null {
  let found = from;
  for (let next = from; next !== undefined; next = firstRow(record, failedChildSql, next.id)) found = next;
  return found === undefined ? null : toItem(found);
}

function firstRow(record: RecordReader, sql: string, parent: number): ItemRow | undefined {
  return prepare<[number], ItemRow>(record, sql).get(parent);
}
