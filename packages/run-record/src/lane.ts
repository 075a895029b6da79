import { atOneMoment, prepare, type RecordReader } from './open.ts';
import type { RecordWriter } from './writer.ts';

/** A row as it lies in the file, to be written into another record: nothing is read out of it on the way. */
export interface LaneItem {
  readonly id: number;
  readonly parent: number | null;
  readonly kind: number;
  readonly name: string;
  readonly owner: string | null;
  readonly args: string | null;
  readonly assign: string | null;
  readonly doc: string | null;
  readonly tags: string | null;
  readonly source: string | null;
  readonly line: number | null;
  readonly robotId: string | null;
  readonly status: number | null;
  readonly started: number;
  readonly elapsed: number | null;
  readonly message: string | null;
  readonly tests: number | null;
}

export interface LaneMessage {
  readonly id: number;
  readonly item: number | null;
  readonly time: number | null;
  readonly level: number | null;
  readonly html: number | null;
  readonly text: string | null;
}

/** How far a copy has got: the last rows that it has, and the items among them that were still running. */
export interface LaneCursor {
  readonly lastItem: number;
  readonly lastMessage: number;
  readonly open: readonly number[];
}

export interface LanePart {
  /** What is said of the record as a whole. */
  readonly meta: readonly { readonly key: string; readonly value: string | null }[];
  readonly items: readonly LaneItem[];
  readonly messages: readonly LaneMessage[];
  readonly cursor: LaneCursor;
  /** There is more already. */
  readonly more: boolean;
}

export const laneStart: LaneCursor = { lastItem: 0, lastMessage: 0, open: [] };

/** One part holds at most so many rows of a kind, and about so many characters of messages. */
const mostRows = 500;
const mostCharacters = 400_000;

const endedSql = 'SELECT * FROM item WHERE id = ? AND status IS NOT NULL';
const itemsSql = 'SELECT * FROM item WHERE id > ? ORDER BY id LIMIT ?';
const metaSql = "SELECT key, value FROM meta WHERE key NOT LIKE 'metadata:%'";
const messagesSql = 'SELECT * FROM message WHERE id > ? ORDER BY id LIMIT ?';

/** What a copy that stands at `cursor` is to be given next: whole rows, each kind in its order, items that have ended once more. */
export function laneAfter(record: RecordReader, cursor: LaneCursor): LanePart {
  return atOneMoment(record, () => {
    const ended = cursor.open.flatMap((id) => prepare<[number], LaneItem>(record, endedSql).get(id) ?? []);
    const fresh = prepare<[number, number], LaneItem>(record, itemsSql).all(cursor.lastItem, mostRows);
    const found = prepare<[number, number], LaneMessage>(record, messagesSql).all(cursor.lastMessage, mostRows);
    const messages = withinRoom(found);
    const gone = new Set(ended.map(({ id }) => id));
    const open = [...cursor.open.filter((id) => !gone.has(id)), ...fresh.filter(({ status }) => status === null).map(({ id }) => id)];
    return {
      meta: prepare<[], LanePart['meta'][number]>(record, metaSql).all(),
      items: [...ended, ...fresh],
      messages,
      cursor: { lastItem: fresh.at(-1)?.id ?? cursor.lastItem, lastMessage: messages.at(-1)?.id ?? cursor.lastMessage, open },
      more: fresh.length === mostRows || found.length === mostRows || messages.length < found.length,
    };
  });
}

/** At least one, however long it is. */
function withinRoom(messages: LaneMessage[]): LaneMessage[] {
  let room = mostCharacters;
  const end = messages.findIndex(({ text }, index) => (room -= text?.length ?? 0) < 0 && index > 0);
  return end === -1 ? messages : messages.slice(0, end);
}

const itemSql = `INSERT OR REPLACE INTO item VALUES (@id, @parent, @kind, @name, @owner, @args, @assign, @doc, @tags, @source,
  @line, @robotId, @status, @started, @elapsed, @message, @tests)`;
const messageSql = 'INSERT OR REPLACE INTO message VALUES (@id, @item, @time, @level, @html, @text)';

/** Writes a part into a copy. The same part written twice is there once. */
export function applyLane(record: RecordWriter, { meta, items, messages }: Pick<LanePart, 'meta' | 'items' | 'messages'>): void {
  record.database
    .transaction(() => {
      const putItem = prepare<[LaneItem], unknown>(record, itemSql);
      const putMessage = prepare<[LaneMessage], unknown>(record, messageSql);
      const putMeta = prepare<[string, string | null], unknown>(record, 'INSERT OR REPLACE INTO meta VALUES (?, ?)');
      for (const { key, value } of meta) putMeta.run(key, value);
      for (const row of items) putItem.run(row);
      for (const row of messages) putMessage.run(row);
    })
    .immediate();
}
