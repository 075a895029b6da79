import type { Kysely } from 'kysely';

/** Where the copy of a record goes on lies in the copy: written with its rows, it can be neither before them nor behind them. */
export async function up({ schema }: Kysely<never>): Promise<void> {
  await schema.alterTable('remote_run').dropColumn('lane').execute();
}
