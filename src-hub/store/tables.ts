import type { Kysely, Transaction } from 'kysely';
import type { LinkTables } from './link-tables.ts';
import type { PeopleTables } from './people-tables.ts';
import type { NoticeTables } from './notice-tables.ts';
import type { RunTables } from './run-tables.ts';

/** All tables of the hub, joined from one file a domain. Times are UTC milliseconds, truth is 0 or 1, ids are uuids as text. */
export type HubTables = PeopleTables & LinkTables & RunTables & NoticeTables;

/** What query functions take: the store itself, or a transaction of it. */
export type HubStore = Kysely<HubTables> | Transaction<HubTables>;
