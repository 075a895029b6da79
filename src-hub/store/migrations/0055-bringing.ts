import type { Kysely } from 'kysely';

/**
 * Wheels and images beside suites, what each lab takes, and what people have put together: conditions (variables as YAML) and plans (what a
 * run needs, as JSON of a HubPlanBody).
 */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .alterTable('test_data')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('suites'))
    .execute();
  await schema.alterTable('harness').addColumn('policy', 'text').execute();
  for (const table of ['condition', 'plan'] as const)
    await schema
      .createTable(table)
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
}
