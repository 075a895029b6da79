import type { Kysely } from 'kysely';

/** The time zone that a lab's own clocks show; empty where its harness does not say. */
export async function up(store: Kysely<never>): Promise<void> {
  await store.schema
    .alterTable('harness')
    .addColumn('zone', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
