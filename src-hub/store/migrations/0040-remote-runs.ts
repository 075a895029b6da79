import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('test_data')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('outline', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('remote_run')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('harness_id', 'text', (column) => column.notNull().references('harness.id'))
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('asked', 'text')
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('test_data_id', 'text')
    .addColumn('mail_gen', 'text', (column) => column.notNull())
    .addColumn('mail_seq', 'bigint', (column) => column.notNull())
    .addColumn('stop_asked_at', 'bigint')
    .addColumn('state', 'text')
    .addColumn('revision', 'bigint')
    .addColumn('refusal', 'text')
    .addColumn('view', 'text')
    .addColumn('told_at', 'bigint')
    .addColumn('lane', 'text', (column) => column.notNull().defaultTo('-'))
    .addColumn('manifest', 'text')
    .addColumn('published_at', 'bigint')
    .execute();
  await schema.createIndex('remote_run_by_time').on('remote_run').columns(['asked_at']).execute();
}
