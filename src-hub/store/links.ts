import type { Kysely, Selectable, Transaction, Updateable } from 'kysely';
import type { HarnessTable, MailItemTable, RemoteReservationTable } from './link-tables.ts';
import type { HubTables } from './tables.ts';

export type LinkStore = Kysely<HubTables>;
export type LinkWrite = Transaction<HubTables>;
export type HarnessRow = Selectable<HarnessTable>;
export type RemoteReservationRow = Selectable<RemoteReservationTable>;

/**
 * The harness, locked until the transaction ends: the update takes the row's lock on PostgreSQL, so that numbers of mail are given in the
 * order in which they are written, and no two sessions judge at once.
 */
export function lockHarness(write: LinkWrite, id: string): Promise<HarnessRow | undefined> {
  return write.updateTable('harness').set({ id }).where('id', '=', id).returningAll().executeTakeFirst();
}

export function findHarness(store: LinkStore, id: string): Promise<HarnessRow | undefined> {
  return store.selectFrom('harness').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function updateHarness(write: LinkStore, id: string, patch: Updateable<HarnessTable>): Promise<void> {
  await write.updateTable('harness').set(patch).where('id', '=', id).execute();
}

export async function insertMail(write: LinkWrite, item: MailItemTable): Promise<void> {
  await write.insertInto('mail_item').values(item).execute();
  await write.updateTable('harness').set({ mail_head: item.seq, mail_chain: item.chain }).where('id', '=', item.harness_id).execute();
}

export function listMail(store: LinkStore, { id, mail_gen: gen, mail_acked: acked }: HarnessRow, limit: number) {
  return store
    .selectFrom('mail_item')
    .select(['seq', 'nonce', 'kind', 'body'])
    .where('harness_id', '=', id)
    .where('gen', '=', gen)
    .where('seq', '>', acked)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

export async function mailChain(store: LinkStore, { id, gen, seq }: { id: string; gen: string; seq: number }): Promise<string | undefined> {
  if (seq === 0) return '';
  const found = await store
    .selectFrom('mail_item')
    .select('chain')
    .where('harness_id', '=', id)
    .where('gen', '=', gen)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return found?.chain;
}

export function findRemoteReservation(store: LinkStore, id: string): Promise<RemoteReservationRow | undefined> {
  return store.selectFrom('remote_reservation').selectAll().where('id', '=', id).executeTakeFirst();
}
