import { HubError } from '../errors.ts';
import type { WrittenTable } from '../store/run-tables.ts';
import type { HubStore } from '../store/tables.ts';

export interface Writer {
  login: string;
  role: string;
}

type Kind = 'condition' | 'plan';

export function listWritten(store: HubStore, kind: Kind): Promise<WrittenTable[]> {
  return store.selectFrom(kind).selectAll().orderBy('name').orderBy('id').execute();
}

/** Throws NOT_FOUND. */
export async function needWritten(store: HubStore, kind: Kind, id: string): Promise<WrittenTable> {
  const row = await store.selectFrom(kind).selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new HubError('NOT_FOUND', `This ${kind} does not exist any more.`);
  return row;
}

/** Who wrote it stays who wrote it, also when an operator changes it. */
export async function saveWritten(
  store: HubStore,
  kind: Kind,
  { writer, ...row }: Omit<WrittenTable, 'person'> & { writer: Writer },
): Promise<void> {
  const known = await store.selectFrom(kind).select('person').where('id', '=', row.id).executeTakeFirst();
  if (known !== undefined) demandOwn(kind, known.person, writer);
  const { id, ...change } = row;
  await store
    .insertInto(kind)
    .values({ id, person: writer.login, ...change })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute();
}

export async function removeWritten(store: HubStore, kind: Kind, { id, writer }: { id: string; writer: Writer }): Promise<void> {
  demandOwn(kind, (await needWritten(store, kind, id)).person, writer);
  await store.deleteFrom(kind).where('id', '=', id).execute();
}

function demandOwn(kind: Kind, person: string, { login, role }: Writer): void {
  if (person !== login && role === 'tester')
    throw new HubError('FORBIDDEN', `${person} wrote this ${kind}. Save your own under another name.`);
}
