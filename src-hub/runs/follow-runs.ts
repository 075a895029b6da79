import { changesSince, consoleSize, countsView, itemView, type RecordCursor } from '@atn/run-record';
import { AsyncIteratorClass } from '@orpc/server';
import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import type { RecordDelta } from '../../src-shared/model/record.ts';
import { HubError } from '../errors.ts';
import { watchNotices } from '../links/watch-notices.ts';
import { needRun } from './list-runs.ts';
import { placeOf, readCopy } from './read-record.ts';
import type { HubRunServices } from './run-services.ts';
import { SharedLooks } from './shared-looks.ts';

/** A notice may be lost, and a harness may go silent: so it is looked anew this often. */
const LOOK_MS = 2000;
/** What changes within this time becomes one item. */
const PAUSE_MS = 100;

interface Look<Item> {
  /** Undefined: nothing new. */
  item: Item | undefined;
  /** Nothing more can come. */
  over: boolean;
}

/** What `look` finds now and whenever there is news; it ends when nothing more can come, or the reader leaves. */
function follow<Item>(
  { notices }: HubRunServices,
  of: { topic: 'run' | 'record'; id: string },
  { signal, look }: { signal: AbortSignal | undefined; look: () => Promise<Look<Item>> },
) {
  const watch = watchNotices(notices, { of, signal });
  const items = (async function* () {
    try {
      while (!watch.ended.aborted) {
        const { item, over } = await look();
        if (item !== undefined) yield item;
        if (over) return;
        await watch.rest(PAUSE_MS);
        await watch.next(LOOK_MS);
      }
    } finally {
      watch.leave();
    }
  })();
  return new AsyncIteratorClass<Item, void, void>(
    () => items.next(),
    async () => {
      watch.leave();
      await items.return();
    },
  );
}

/** Nothing more comes of it: it never began, or all of it is here. */
const isOver = (state: string | null, publishedAt: number | null) => state === 'refused' || publishedAt !== null;

export function followRun(services: HubRunServices, id: string, signal: AbortSignal | undefined) {
  let told = '';
  return follow<HubRun>(
    services,
    { topic: 'run', id },
    {
      signal,
      look: async () => {
        const { run, tells } = await looksOf(services).ask({ of: `run ${id}`, what: '' }, () => lookAtRun(services, id));
        const isNew = tells !== told;
        told = tells;
        return { item: isNew ? run : undefined, over: isOver(run.told, run.publishedAt) };
      },
    },
  );
}

export function followRecord(
  services: HubRunServices,
  { id, cursor: text }: { id: string; cursor: string | undefined },
  signal: AbortSignal | undefined,
) {
  let cursor = text === undefined ? null : parseCursor(text);
  let told = '';
  return follow<RecordDelta>(
    services,
    { topic: 'record', id },
    {
      signal,
      look: async () => {
        const since = cursor;
        const { delta, tells, next, over } = await looksOf(services).ask({ of: `record ${id}`, what: formatCursor(since) }, () =>
          lookAtRecord(services, id, since),
        );
        cursor = next;
        const isNew = told === '' || delta.items.length > 0 || tells !== told;
        told = tells;
        return { item: isNew ? delta : undefined, over };
      },
    },
  );
}

async function lookAtRun(services: HubRunServices, id: string) {
  const run = await needRun(services, id);
  // When the lab was last heard changes all the time and is no news of the run.
  return { run, tells: JSON.stringify({ ...run, heardAt: null }) };
}

/** What is the same for all who read on from one place, made once for them. */
async function lookAtRecord(services: HubRunServices, id: string, since: RecordCursor | null) {
  const place = await placeOf(services, id);
  const found = readCopy(services, place, (record) => changesSince(record, since));
  const next = found?.cursor ?? since;
  const consoleBytes = await consoleSize(place.console);
  const delta: RecordDelta = {
    ...{ cursor: formatCursor(next), items: (found?.items ?? []).map(itemView), runningPath: (found?.running ?? []).map(itemView) },
    ...{ maxItem: found?.maxItem ?? 0, counts: found === null ? NO_COUNTS : countsView(found.counts), consoleSize: consoleBytes },
  };
  const tells = JSON.stringify([delta.maxItem, delta.runningPath.at(-1)?.id, delta.counts, consoleBytes]);
  return { delta, tells, next, over: isOver(place.row.state, place.row.published_at) };
}

/** One set of looks for each hub in this process. */
const looks = new WeakMap<HubRunServices, SharedLooks>();

function looksOf(services: HubRunServices): SharedLooks {
  const known = looks.get(services);
  if (known !== undefined) return known;
  const made = new SharedLooks();
  looks.set(services, made);
  for (const topic of ['run', 'record'] as const) services.notices.on((id) => made.forget(`${topic} ${id}`), topic);
  return made;
}

const NO_COUNTS = { passed: 0, failed: 0, skipped: 0, notRun: 0 };

/** As the harness writes it: a page that goes on reads either. */
function formatCursor(cursor: RecordCursor | null): string {
  return cursor === null ? '-' : `${cursor.lastItem}.${cursor.lastMessage}.${cursor.open.join(',')}`;
}

function parseCursor(text: string): RecordCursor | null {
  if (text === '-') return null;
  const [, lastItem, lastMessage, open = ''] = /^(\d{1,15})\.(\d{1,15})\.((?:\d{1,15}(?:,|$))*)$/u.exec(text) ?? [];
  if (lastItem === undefined)
    throw new HubError('BAD_REQUEST', 'This cursor is not one that the record has given. Follow from the beginning.');
  const ids = open.split(',').filter(Boolean).map(Number);
  return { lastItem: Number(lastItem), lastMessage: Number(lastMessage), open: ids };
}
