import { randomUUID } from 'node:crypto';
import { GroupName, type HubGroup } from '../../src-shared/model/hub-people.ts';
import { HubError } from '../errors.ts';
import type { HubStore } from '../store/tables.ts';
import type { PeopleServices } from './people-services.ts';

export async function listGroups({ store }: Pick<PeopleServices, 'store'>): Promise<HubGroup[]> {
  const groups = await store.selectFrom('person_group').selectAll().orderBy('name').execute();
  const members = await store
    .selectFrom('group_member')
    .innerJoin('person', 'person.id', 'group_member.person_id')
    .select(['group_id', 'person.login'])
    .orderBy('person.login')
    .execute();
  return groups.map(({ id, name }) => ({
    id,
    name,
    members: members.filter((member) => member.group_id === id).map(({ login }) => login),
  }));
}

/** Groups of somebody, by name: what their wishes show to the labs. */
export async function groupsOf(store: HubStore, login: string): Promise<string[]> {
  const rows = await store
    .selectFrom('group_member')
    .innerJoin('person', 'person.id', 'group_member.person_id')
    .innerJoin('person_group', 'person_group.id', 'group_member.group_id')
    .select('person_group.name')
    .where('person.login', '=', login)
    .orderBy('person_group.name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Makes the group where there is none of this name, and sets who is in it. */
export async function saveGroup(
  { store, now }: PeopleServices,
  { name, members }: { name: string; members: readonly string[] },
): Promise<void> {
  const wanted = [...new Set(members)];
  await store.transaction().execute(async (within) => {
    const people =
      wanted.length === 0 ? [] : await within.selectFrom('person').select(['id', 'login']).where('login', 'in', wanted).execute();
    const unknown = wanted.filter((login) => !people.some((person) => person.login === login));
    if (unknown.length > 0) throw new HubError('NOT_FOUND', `Nobody here has the login ${unknown.join(', ')}.`);
    const id = await needGroup(within, name, now());
    await within.deleteFrom('group_member').where('group_id', '=', id).execute();
    if (people.length > 0)
      await within
        .insertInto('group_member')
        .values(people.map((person) => ({ group_id: id, person_id: person.id, provided: 0 })))
        .execute();
  });
}

export async function deleteGroup({ store }: PeopleServices, id: string): Promise<void> {
  await store.transaction().execute(async (within) => {
    await within.deleteFrom('group_member').where('group_id', '=', id).execute();
    const gone = await within.deleteFrom('person_group').where('id', '=', id).returning('id').execute();
    if (gone.length === 0) throw new HubError('NOT_FOUND', 'This group is gone already.');
  });
}

/** What the provider says now takes the place of what it said before; who was put into a group here stays in it. */
export async function setProvidedGroups({ store, now }: PeopleServices, personId: string, names: readonly string[]): Promise<void> {
  const groups = [...new Set(names.flatMap((name) => GroupName.safeParse(name).data ?? []))].slice(0, 200);
  await store.transaction().execute(async (within) => {
    await within.deleteFrom('group_member').where('person_id', '=', personId).where('provided', '=', 1).execute();
    for (const name of groups) {
      const row = { group_id: await needGroup(within, name, now()), person_id: personId, provided: 1 };
      await within
        .insertInto('group_member')
        .values(row)
        .onConflict((conflict) => conflict.columns(['group_id', 'person_id']).doNothing())
        .execute();
    }
  });
}

async function needGroup(store: HubStore, name: string, at: number): Promise<string> {
  const id = randomUUID();
  await store
    .insertInto('person_group')
    .values({ id, name, created_at: at })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await store.selectFrom('person_group').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
}
