import { counts } from './meta.ts';
import { atOneMoment, prepare, type RecordReader } from './open.ts';
import { itemColumns, toItem, type ItemRow } from './rows.ts';
import type { RecordCounts, RecordItem } from './types.ts';

/** Where a live view stands. A view that comes back after a pause hands in its last one and misses nothing. */
export interface RecordCursor {
  readonly lastItem: number;
  readonly lastMessage: number;
  /** Suites and tests that were running. */
  readonly open: readonly number[];
}

export interface RecordChanges {
  /** Suites and tests that are new, or have ended since, in the order they started. */
  readonly items: readonly RecordItem[];
  /** What runs now, from the root suite to the innermost keyword. */
  readonly running: readonly RecordItem[];
  readonly maxItem: number;
  readonly counts: RecordCounts;
  readonly cursor: RecordCursor;
}

// A first look takes all suites and tests by their index; later looks read only the rows after the cursor.
const allSql = `SELECT ${itemColumns} FROM item INDEXED BY item_structure WHERE kind < 2 ORDER BY id`;
const newSql = `SELECT ${itemColumns} FROM item NOT INDEXED WHERE kind < 2 AND id > ? ORDER BY id`;
const oneSql = `SELECT ${itemColumns} FROM item WHERE id = ?`;
const runningSql = `SELECT ${itemColumns} FROM item INDEXED BY item_running WHERE status IS NULL ORDER BY id`;
const maximaSql = `SELECT (SELECT coalesce(max(id), 0) FROM item) AS lastItem,
  (SELECT coalesce(max(id), 0) FROM message) AS lastMessage`;

/** What a live view needs to draw after `cursor`; with null, all there is. Keywords are asked for by `children`. */
export function changesSince(record: RecordReader, cursor: RecordCursor | null): RecordChanges {
  return atOneMoment(record, () => {
    const rows = cursor === null ? prepare<[], ItemRow>(record, allSql).all() : changedRows(record, cursor);
    const running = prepare<[], ItemRow>(record, runningSql).all();
    const maxima = prepare<[], { lastItem: number; lastMessage: number }>(record, maximaSql).get();
    const lastItem = maxima?.lastItem ?? 0;
    const open = running.filter((row) => row.kind < 2).map((row) => row.id);
    return {
      items: rows.map(toItem),
      running: running.map(toItem),
      maxItem: lastItem,
      counts: counts(record),
      cursor: { lastItem, lastMessage: maxima?.lastMessage ?? 0, open },
    };
  });
}

function changedRows(record: RecordReader, cursor: RecordCursor): ItemRow[] {
  const one = prepare<[number], ItemRow>(record, oneSql);
  const ended = cursor.open.map((id) => one.get(id)).filter((row) => row !== undefined && row.status !== null);
  const fresh = prepare<[number], ItemRow>(record, newSql).all(cursor.lastItem);
  return [...ended.filter((row) => row !== undefined), ...fresh];
}
