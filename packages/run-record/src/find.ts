import { prepare, type RecordReader } from './open.ts';
import { itemColumns, toItem, type ItemRow } from './rows.ts';
import type { RecordItem } from './types.ts';

export interface FindOptions {
  readonly limit: number;
  /** Continue behind this item. */
  readonly afterId?: number;
  /** The search pauses after this time and says where to go on. */
  readonly budgetMilliseconds?: number;
}

export interface FindResult {
  readonly items: readonly RecordItem[];
  /** Hand in as `afterId` to go on; null when the whole record was searched. */
  readonly continueAfter: number | null;
}

const stride = 4_000;
const hitsSql = `SELECT id FROM item WHERE id > $after AND id <= $until
    AND (name LIKE $text ESCAPE '\\' OR args LIKE $json ESCAPE '\\' OR message LIKE $text ESCAPE '\\' OR owner LIKE $text ESCAPE '\\')
  UNION
  SELECT item AS id FROM message WHERE item > $after AND item <= $until AND text LIKE $text ESCAPE '\\'
  ORDER BY id LIMIT $limit`;
const maxSql = 'SELECT coalesce(max(id), 0) AS id FROM item';
const itemSql = `SELECT ${itemColumns} FROM item WHERE id = ?`;

/** Items whose name, owner, arguments or messages hold a text. Upper and lower case are the same for ASCII letters. */
export function find(record: RecordReader, text: string, options: FindOptions): FindResult {
  const deadline = performance.now() + (options.budgetMilliseconds ?? 150);
  const last = prepare<[], { id: number }>(record, maxSql).get()?.id ?? 0;
  const one = prepare<[number], ItemRow>(record, itemSql);
  const items: RecordItem[] = [];
  let after = options.afterId ?? 0;
  while (after < last) {
    const ids = hits(record, text, { after, limit: options.limit - items.length });
    items.push(...ids.flatMap((id) => one.get(id) ?? []).map(toItem));
    const full = items.length >= options.limit;
    after = full ? (ids.at(-1) ?? after) : after + stride;
    if (full || performance.now() >= deadline) break;
  }
  return { items, continueAfter: after < last ? after : null };
}

function hits(record: RecordReader, text: string, window: { after: number; limit: number }): number[] {
  const parameters = {
    after: window.after,
    until: window.after + stride,
    limit: window.limit,
    text: pattern(text),
    // Arguments are stored as JSON: a quote in them stands behind a backslash.
    json: pattern(JSON.stringify(text).slice(1, -1)),
  };
  const statement = prepare<[typeof parameters], { id: number }>(record, hitsSql);
  return statement.all(parameters).map((row) => row.id);
}

function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
