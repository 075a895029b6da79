import type { Kysely } from 'kysely';

/** Who somebody is at an outside provider, and sign-ins there that are under way. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('identity')
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('linked_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('identity_key', ['issuer', 'subject'])
    .execute();
  await schema
    .createTable('sign_in_attempt')
    .addColumn('state_hash', 'text', (column) => column.primaryKey())
    .addColumn('verifier', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
}
