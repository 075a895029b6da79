import type { Insertable, Selectable, Updateable } from 'kysely';
import type { RemoteRunTable, TestDataTable } from './run-tables.ts';
import type { HubStore } from './tables.ts';

export type RemoteRunRow = Selectable<RemoteRunTable>;
export type TestDataRow = Selectable<TestDataTable>;

export function findRemoteRun(store: HubStore, id: string): Promise<RemoteRunRow | undefined> {
  return store.selectFrom('remote_run').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertRemoteRun(store: HubStore, row: Insertable<RemoteRunTable>): Promise<void> {
  await store.insertInto('remote_run').values(row).execute();
}

export async function updateRemoteRun(store: HubStore, id: string, patch: Updateable<RemoteRunTable>): Promise<void> {
  await store.updateTable('remote_run').set(patch).where('id', '=', id).execute();
}

/** A run of which nothing is known but that it was asked for. */
export const NOTHING_SAID = {
  ...{ stop_asked_at: null, state: null, revision: null, refusal: null, view: null, told_at: null },
  ...{ manifest: null, published_at: null },
} as const;

export function findTestData(store: HubStore, id: string): Promise<TestDataRow | undefined> {
  return store.selectFrom('test_data').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The harness whose session this is, if it may speak now. */
export async function isPresent(store: HubStore, { harnessId, session }: { harnessId: string; session: string }): Promise<boolean> {
  const found = await store
    .selectFrom('harness')
    .select('id')
    .where('id', '=', harnessId)
    .where('session', '=', session)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  return found !== undefined;
}
