import { HubRole, type HubPerson } from '../../src-shared/model/hub-people.ts';
import { HubError } from '../errors.ts';
import type { HubTables } from '../store/tables.ts';
import type { PeopleServices } from './people-services.ts';

export function toPerson(row: Pick<HubTables['person'], 'id' | 'login' | 'name' | 'role' | 'disabled' | 'created_at'>): HubPerson {
  const { id, login, name } = row;
  return { id, login, name, role: HubRole.parse(row.role), disabled: row.disabled === 1, createdAt: row.created_at };
}

export async function listPeople({ store }: PeopleServices): Promise<HubPerson[]> {
  return (await store.selectFrom('person').selectAll().orderBy('name').orderBy('id').execute()).map(toPerson);
}

export async function findPerson({ store }: PeopleServices, id: string): Promise<HubPerson> {
  const row = await store.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new HubError('NOT_FOUND', 'There is no such person.');
  return toPerson(row);
}

interface Change {
  id: string;
  role?: HubRole | undefined;
  disabled?: boolean | undefined;
}

/** Whoever is shut out or made less loses the sessions at once; what tokens may is read from the person at each call. */
export async function changePerson({ store, ended, barred }: PeopleServices, { id, role, disabled }: Change): Promise<void> {
  const { closed, told } = await store.transaction().execute(async (within) => {
    const set = { ...(role === undefined ? {} : { role }), ...(disabled === undefined ? {} : { disabled: disabled ? 1 : 0 }) };
    const { count } = await within
      .selectFrom('person')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('role', '=', 'admin')
      .where('disabled', '=', 0)
      .where('id', '!=', id)
      .executeTakeFirstOrThrow();
    const before = await within.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
    if (before === undefined) throw new HubError('NOT_FOUND', 'There is no such person.');
    const after = { ...before, ...set };
    const leaves = before.role === 'admin' && before.disabled === 0 && (after.role !== 'admin' || after.disabled === 1);
    if (leaves && Number(count) === 0) throw new HubError('CONFLICT', 'This is the last administrator. Make somebody else one first.');
    if (Object.keys(set).length > 0) await within.updateTable('person').set(set).where('id', '=', id).execute();
    const told = after.disabled === before.disabled ? null : { login: before.login, off: after.disabled === 1 };
    if (after.disabled === 0 && after.role === before.role) return { closed: [], told };
    return { closed: await within.deleteFrom('session').where('person_id', '=', id).returning('id').execute(), told };
  });
  ended(closed.map((row) => row.id));
  if (told !== null) await barred(told.login, told.off);
}
