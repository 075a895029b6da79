import { prepare, type RecordReader } from './open.ts';
import { itemColumns, toItem, type ItemRow } from './rows.ts';
import type { Page, RecordItem } from './types.ts';

const childrenSql = `SELECT ${itemColumns} FROM item WHERE parent = ? AND id > ? ORDER BY id LIMIT ?`;
const rootsSql = `SELECT ${itemColumns} FROM item WHERE parent IS NULL AND id > ? ORDER BY id LIMIT ?`;
const itemSql = `SELECT ${itemColumns} FROM item WHERE id = ?`;

/** The items directly below one, or the root suite for null, in the order they started. */
export function children(record: RecordReader, parent: number | null, page: Page): RecordItem[] {
  const afterId = page.afterId ?? 0;
  const rows =
    parent === null
      ? prepare<[number, number], ItemRow>(record, rootsSql).all(afterId, page.limit)
      : prepare<[number, number, number], ItemRow>(record, childrenSql).all(parent, afterId, page.limit);
  return rows.map(toItem);
}

/** One item, its source resolved to the file it stands in. */
export function item(record: RecordReader, id: number): RecordItem | null {
  const found = plainItem(record, id);
  if (found === null || found.source !== null) return found;
  const structure = pathTo(record, id).findLast((each) => each.kind === 'suite' || each.kind === 'test');
  return { ...found, source: structure?.source ?? null };
}

/** From the root suite to the item itself; empty when there is no such item. */
export function pathTo(record: RecordReader, id: number): RecordItem[] {
  const path: RecordItem[] = [];
  for (let next: number | null = id; next !== null;) {
    const found: RecordItem | null = plainItem(record, next);
    if (found === null) break;
    path.unshift(found);
    next = found.parent;
  }
  return path;
}

function plainItem(record: RecordReader, id: number): RecordItem | null {
  const row = prepare<[number], ItemRow>(record, itemSql).get(id);
  return row === undefined ? null : toItem(row);
}
