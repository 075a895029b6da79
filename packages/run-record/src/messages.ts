import { prepare, type RecordReader } from './open.ts';
import { toMessage, type MessageRow } from './rows.ts';
import type { Page, RecordMessage } from './types.ts';

const messagesSql = 'SELECT * FROM message WHERE item = ? AND id > ? ORDER BY id LIMIT ?';
const errorsSql = 'SELECT * FROM message WHERE item IS NULL AND id > ? ORDER BY id LIMIT ?';

/** What one item logged, not what is below it. */
export function messages(record: RecordReader, itemId: number, page: Page): RecordMessage[] {
  const statement = prepare<[number, number, number], MessageRow>(record, messagesSql);
  return statement.all(itemId, page.afterId ?? 0, page.limit).map(toMessage);
}

/** Errors and warnings of the execution as a whole, which Robot lists on top of its log. */
export function errors(record: RecordReader, page: Page): RecordMessage[] {
  const statement = prepare<[number, number], MessageRow>(record, errorsSql);
  return statement.all(page.afterId ?? 0, page.limit).map(toMessage);
}
