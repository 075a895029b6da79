import type { Kysely } from 'kysely';

/** What people note on runs here. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('run_mark')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('test', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('run_mark_run').on('run_mark').column('run_id').execute();
}
