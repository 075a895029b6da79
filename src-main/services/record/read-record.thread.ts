import {
  changesSince,
  children,
  counts,
  countsView,
  errors,
  failures,
  failureView,
  find,
  item,
  itemsWithin,
  itemView,
  laneAfter,
  messages,
  messageView,
  pathTo,
  stretchView,
  type LaneCursor,
  type RecordCursor,
  type Stretch,
} from '@atn/run-record';
import { workerData } from 'node:worker_threads';
import { serveQueries } from '../../workers/serve-queries.ts';
import { type RecordPlace, RecordHandles } from './record-handles.ts';

export interface ReadRecordSettings {
  nativeBinding: string | null;
}

interface Page {
  afterId: number;
  limit: number;
}

/** So many suites and tests come at once: a first look at ten thousand must not hold up whoever passes it on. */
const CHUNK = 1000;

const handles = new RecordHandles((workerData as ReadRecordSettings).nativeBinding);
/** What a first look found and its follower has not taken yet. */
const rests = new Map<string, LiveChunk>();

type LiveChunk = ReturnType<typeof look>;

function look(place: RecordPlace, cursor: RecordCursor | null) {
  return handles.read(place, (record) => {
    const changes = changesSince(record, cursor);
    return {
      cursor: changes.cursor,
      items: changes.items.map(itemView),
      runningPath: changes.running.map(itemView),
      maxItem: changes.maxItem,
      counts: countsView(changes.counts),
    };
  });
}

/** Items in parts; the cursor comes with the last, so that who leaves before begins anew. */
function changes({ cursor, follower, ...place }: RecordPlace & { cursor: RecordCursor | null; follower: string }) {
  const found = rests.get(follower) ?? look(place, cursor);
  rests.delete(follower);
  if (found === null || found.items.length <= CHUNK) return found === null ? null : { ...found, more: false };
  rests.set(follower, { ...found, items: found.items.slice(CHUNK) });
  return { ...found, items: found.items.slice(0, CHUNK), cursor, more: true };
}

const queries = {
  children: ({ parent, afterId, limit, ...place }: RecordPlace & Page & { parent: number | null }) =>
    handles.read(place, (record) => children(record, parent, { afterId, limit }).map(itemView)),
  items: ({ ids, ...place }: RecordPlace & { ids: number[] }) =>
    handles.read(place, (record) => ids.flatMap((id) => item(record, id) ?? []).map(itemView)),
  path: ({ id, ...place }: RecordPlace & { id: number }) => handles.read(place, (record) => pathTo(record, id).map(itemView)),
  messages: ({ id, afterId, limit, ...place }: RecordPlace & Page & { id: number | null }) =>
    handles.read(place, (record) => {
      const found = id === null ? errors(record, { afterId, limit }) : messages(record, id, { afterId, limit });
      return found.map(messageView);
    }),
  failures: ({ afterId, limit, ...place }: RecordPlace & Page) =>
    handles.read(place, (record) => ({ failures: failures(record, { afterId, limit }).map(failureView), total: counts(record).failed })),
  find: ({ text, budgetMs, afterId, limit, ...place }: RecordPlace & Page & { text: string; budgetMs: number }) =>
    handles.read(place, (record) => {
      const { items, continueAfter } = find(record, text, { afterId, limit, budgetMilliseconds: budgetMs });
      return { items: items.map(itemView), continueAfter };
    }),
  within: ({ stretch, ...place }: RecordPlace & { stretch: Stretch }) =>
    handles.read(place, (record) => stretchView(itemsWithin(record, stretch))),
  lane: ({ cursor, ...place }: RecordPlace & { cursor: LaneCursor }) => handles.read(place, (record) => laneAfter(record, cursor)),
  changes,
  leave: ({ follower }: { follower: string }) => rests.delete(follower),
  close: ({ file }: { file: string }) => handles.close(file),
};
export type ReadRecordQueries = typeof queries;

serveQueries(queries);
