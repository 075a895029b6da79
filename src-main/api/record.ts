import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { MergedTest } from '../../src-shared/contract/harness/record.ts';
import type { RecordDelta } from '../../src-shared/model/record.ts';
import type { ApiContext } from '../harness.ts';
import type { RecordFollower } from '../services/record/follow-record.ts';
import type { RecordService } from '../services/record/record-service.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

export interface RecordPartServices {
  record: RecordService;
  follow: (id: string, cursor: string | undefined) => RecordFollower;
  merged: (id: string) => Promise<MergedTest[]>;
}

export function recordPart({ record, follow, merged }: RecordPartServices): Part<'record'> {
  const procedures = implement(harnessContract.record).$context<ApiContext>();
  return {
    children: procedures.children.handler(({ input: { id, parent, ...page } }) => record.children(id, parent, page)),
    items: procedures.items.handler(({ input: { id, ids } }) => record.items(id, ids)),
    path: procedures.path.handler(({ input: { id, item } }) => record.path(id, item)),
    messages: procedures.messages.handler(({ input: { id, item, ...page } }) => record.messages(id, item, page)),
    failures: procedures.failures.handler(({ input: { id, ...page } }) => record.failures(id, page)),
    find: procedures.find.handler(({ input: { id, text, ...page } }) => record.find(id, text, page)),
    follow: procedures.follow.handler(({ input: { id, cursor }, signal }) => followFeed(follow(id, cursor), signal)),
    console: procedures.console.handler(({ input: { id, ...place } }) => record.console(id, place)),
    within: procedures.within.handler(({ input: { id, ...stretch } }) => record.within(id, stretch)),
    merged: procedures.merged.handler(({ input: { id } }) => merged(id)),
  };
}

/** That something is new is all that waits for a slow reader; what is new is read when it comes for it. */
function followFeed(follower: RecordFollower, signal: AbortSignal | undefined) {
  return coalescedFeed<true, true, RecordDelta>({
    listen: (listener) => follower.listen(() => listener(true)),
    first: () => follower.first(),
    merge: () => true,
    take: () => follower.next(),
    signal: signal === undefined ? follower.over : AbortSignal.any([signal, follower.over]),
  });
}
