import type { Kysely } from 'kysely';

export async function up(store: Kysely<never>): Promise<void> {
  const { schema } = store;
  await schema
    .createTable('harness')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull().unique())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('store_gen', 'text')
    .addColumn('seq', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('chain', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('mail_gen', 'text', (column) => column.notNull())
    .addColumn('mail_head', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('mail_chain', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('mail_acked', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('session', 'text')
    .addColumn('opened', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('paused', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('doubt_since', 'bigint')
    .addColumn('last_heard', 'bigint')
    .addColumn('clock_offset', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('incarnation', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('app_version', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('machine_mark', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('presented_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('harness_code')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_by', 'text', (column) => column.references('harness.id'))
    .execute();
  await schema
    .createTable('mail_item')
    .addColumn('harness_id', 'text', (column) => column.notNull().references('harness.id'))
    .addColumn('gen', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('chain', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('mail_item_key', ['harness_id', 'gen', 'seq'])
    .execute();
  await createFactTables(store);
}

async function createFactTables({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('directory_sut')
    .addColumn('harness_id', 'text', (column) => column.notNull().references('harness.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('directory_sut_key', ['harness_id', 'id'])
    .execute();
  await schema
    .createTable('remote_reservation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('harness_id', 'text', (column) => column.notNull().references('harness.id'))
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('asked', 'text')
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('mail_gen', 'text', (column) => column.notNull())
    .addColumn('mail_seq', 'bigint', (column) => column.notNull())
    .addColumn('end_asked_at', 'bigint')
    .addColumn('change_id', 'text')
    .addColumn('change_asked_at', 'bigint')
    .addColumn('change_refused', 'text')
    .addColumn('state', 'text')
    .addColumn('revision', 'bigint')
    .addColumn('fact', 'text')
    .addColumn('told_at', 'bigint')
    .execute();
  await schema.createIndex('remote_reservation_by_person').on('remote_reservation').columns(['person', 'asked_at']).execute();
  await schema
    .createTable('parked_fact')
    .addColumn('harness_id', 'text', (column) => column.notNull().references('harness.id'))
    .addColumn('store_gen', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('parked_fact_key', ['harness_id', 'store_gen', 'seq'])
    .execute();
}
