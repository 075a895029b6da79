import type { Kysely } from 'kysely';

/** What people are told of their reservations and runs; once for each key. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('notice')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('read_at', 'bigint')
    .addUniqueConstraint('notice_once', ['person', 'key'])
    .execute();
  await schema.createIndex('notice_of_person').on('notice').columns(['person', 'at']).execute();
}
