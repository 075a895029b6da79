import { sql, type Kysely } from 'kysely';

/** Where the socket.io adapter of PostgreSQL puts what is too long for a notification. Of no use with SQLite, where one process has all. */
export async function up(store: Kysely<never>): Promise<void> {
  await store.schema
    .createTable('socket_io_attachments')
    .addColumn('id', 'bigserial', (column) => column.unique())
    .addColumn('created_at', 'timestamptz', (column) => column.defaultTo(sql`current_timestamp`))
    .addColumn('payload', 'bytea')
    .execute();
}
