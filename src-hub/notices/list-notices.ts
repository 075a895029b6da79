import { HubNoticeBody, type HubNotices } from '../../src-shared/model/hub-notice.ts';
import type { LinkServices } from '../links/link-services.ts';

export async function listNotices({ store }: LinkServices, person: string, limit: number): Promise<HubNotices> {
  const rows = await store
    .selectFrom('notice')
    .selectAll()
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  const { unread } = await store
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<number | string>().as('unread'))
    .where('person', '=', person)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  const notices = rows.map(({ id, kind, subject, body, at, read_at: readAt }) => ({
    ...{ id, kind, subject, at, readAt },
    body: HubNoticeBody.parse(JSON.parse(body)),
  }));
  return { unread: Number(unread), notices };
}

/** Only one's own; those of others are passed over in silence. */
export async function markNoticesRead({ store, now }: LinkServices, person: string, ids: readonly string[] | undefined): Promise<void> {
  await store
    .updateTable('notice')
    .set({ read_at: now() })
    .where('person', '=', person)
    .where('read_at', 'is', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids === undefined || ids.length === 0 ? [''] : ids))
    .execute();
}
