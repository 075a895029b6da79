import { randomUUID } from 'node:crypto';
import { HubNoticeBody, type HubNoticeKind } from '../../src-shared/model/hub-notice.ts';
import type { HubStore } from '../store/tables.ts';

export interface NewNotice {
  person: string;
  kind: HubNoticeKind;
  /** Of what it tells: told once. */
  key: string;
  subject: string;
  body: Partial<HubNoticeBody> & Pick<HubNoticeBody, 'harness' | 'suts'>;
  /** UTC ms. */
  at: number;
}

/** False: it was told before. */
export async function writeNotice(write: HubStore, { body, ...notice }: NewNotice): Promise<boolean> {
  const row = { id: randomUUID(), ...notice, body: JSON.stringify(HubNoticeBody.parse(body)), read_at: null };
  const written = await write
    .insertInto('notice')
    .values(row)
    .onConflict((conflict) => conflict.columns(['person', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) return false;
  await writeDeliveries(write, written.id, notice);
  return true;
}

/** For the person's own webhooks, and those of the groups that the person is in. */
async function writeDeliveries(write: HubStore, id: string, { person, kind, at }: Omit<NewNotice, 'body'>): Promise<void> {
  const groups = write
    .selectFrom('group_member')
    .innerJoin('person', 'person.id', 'group_member.person_id')
    .select('group_member.group_id')
    .where('person.login', '=', person);
  const hooks = await write
    .selectFrom('notice_hook')
    .select(['id', 'told_of'])
    .where((row) => row.or([row.and([row('person', '=', person), row('group_id', 'is', null)]), row('group_id', 'in', groups)]))
    .execute();
  for (const hook of hooks.filter(({ told_of }) => told_of.split(' ').includes(kind)))
    await write
      .insertInto('notice_delivery')
      .values({ id: randomUUID(), hook_id: hook.id, notice_id: id, state: 'waiting', tries: 0, next_at: at, problem: null })
      .execute();
}
