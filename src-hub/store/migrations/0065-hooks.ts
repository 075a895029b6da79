import type { Kysely } from 'kysely';

/** Webhooks of people and of groups, and what was sent to them: written with the notice, tried until it has arrived or is given up. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('notice_hook')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('group_id', 'text', (column) => column.references('person_group.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('signing_key', 'text', (column) => column.notNull())
    .addColumn('told_of', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('notice_delivery')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hook_id', 'text', (column) => column.notNull().references('notice_hook.id').onDelete('cascade'))
    .addColumn('notice_id', 'text', (column) => column.notNull().references('notice.id').onDelete('cascade'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('problem', 'text')
    .addUniqueConstraint('notice_delivery_once', ['hook_id', 'notice_id'])
    .execute();
  await schema.createIndex('notice_delivery_due').on('notice_delivery').column('next_at').execute();
  await schema.createIndex('notice_hook_of_person').on('notice_hook').column('person').execute();
}
