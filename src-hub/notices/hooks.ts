import { randomUUID } from 'node:crypto';
import type { HubNoticeKind } from '../../src-shared/model/hub-notice.ts';
import type { HubHook, HubHookInput } from '../../src-shared/model/hub-hook.ts';
import { HubError } from '../errors.ts';
import type { LinkServices } from '../links/link-services.ts';
import { groupsOf } from '../people/groups.ts';
import type { Principal } from '../people/principal.ts';
import { makeSecret } from '../people/secrets.ts';

const MOST = 20;
const SHOWN = 5;

/** One's own, and those of one's groups; an administrator sees those of all groups. */
export async function listHooks({ store }: LinkServices, { person }: Principal): Promise<HubHook[]> {
  const mine = new Set(await groupsOf(store, person.login));
  const rows = await store
    .selectFrom('notice_hook')
    .leftJoin('person_group', 'person_group.id', 'notice_hook.group_id')
    .selectAll('notice_hook')
    .select('person_group.name as group')
    .orderBy('notice_hook.name')
    .orderBy('notice_hook.id')
    .execute();
  const seen = rows.filter((row) => (row.group === null ? row.person === person.login : person.role === 'admin' || mine.has(row.group)));
  return Promise.all(
    seen.map(async (row) => ({
      ...{ id: row.id, name: row.name, host: new URL(row.url).host, group: row.group, by: row.person, madeAt: row.made_at },
      of: row.told_of.split(' ') as HubNoticeKind[],
      deliveries: await store
        .selectFrom('notice_delivery as sent')
        .innerJoin('notice', 'notice.id', 'sent.notice_id')
        .select(['sent.id', 'notice.kind', 'notice.at', 'sent.state', 'sent.tries', 'sent.problem'])
        .where('sent.hook_id', '=', row.id)
        .orderBy('notice.at', 'desc')
        .limit(SHOWN)
        .execute(),
    })),
  );
}

export async function createHook(services: LinkServices, wish: HubHookInput, who: Principal): Promise<{ hook: HubHook; key: string }> {
  const { store, now } = services;
  const { name, url, group, of } = wish;
  const { login, role } = who.person;
  if (group !== null && role !== 'admin') throw new HubError('FORBIDDEN', 'Webhooks of a group are made by an administrator.');
  const { username, password } = new URL(url);
  if (username !== '' || password !== '') throw new HubError('BAD_REQUEST', 'Leave user and password out of the address.');
  const found = group === null ? null : await store.selectFrom('person_group').select('id').where('name', '=', group).executeTakeFirst();
  if (found === undefined) throw new HubError('NOT_FOUND', 'There is no group of this name.');
  const mine = await store.selectFrom('notice_hook').select('id').where('person', '=', login).execute();
  if (mine.length >= MOST) throw new HubError('CONFLICT', `You have ${MOST} webhooks. Remove some first.`);
  const id = randomUUID();
  const key = makeSecret();
  const row = { id, person: login, group_id: found?.id ?? null, name, url, signing_key: key, told_of: [...new Set(of)].join(' ') };
  await store
    .insertInto('notice_hook')
    .values({ ...row, made_at: now() })
    .execute();
  const hook = (await listHooks(services, who)).find((each) => each.id === id);
  if (hook === undefined) throw new HubError('INTERNAL');
  return { hook, key };
}

/** One's own; those of groups by an administrator. */
export async function removeHook({ store }: LinkServices, id: string, { person }: Principal): Promise<void> {
  const gone = await store
    .deleteFrom('notice_hook')
    .where('id', '=', id)
    .where((row) =>
      row.or([
        row.and([row('person', '=', person.login), row('group_id', 'is', null)]),
        ...(person.role === 'admin' ? [row('group_id', 'is not', null)] : []),
      ]),
    )
    .returning('id')
    .execute();
  if (gone.length === 0) throw new HubError('NOT_FOUND', 'This webhook is gone already, or it is not yours.');
}
