import type { Kysely } from 'kysely';

/** People in groups: labs share machines with them. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('person_group')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('group_member')
    .addColumn('group_id', 'text', (column) => column.notNull().references('person_group.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('provided', 'integer', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('group_member_key', ['group_id', 'person_id'])
    .execute();
}
