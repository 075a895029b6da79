import type { Kysely } from 'kysely';

/** Addresses that say how the newest run of a name came out. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('badge')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('remote_run_name').on('remote_run').columns(['name', 'asked_at']).execute();
}
