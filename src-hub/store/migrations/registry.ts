import type { Migration } from 'kysely';
import { up as people } from './0010-people.ts';
import { up as links } from './0020-links.ts';
import { up as zones } from './0030-zones.ts';
import { up as calls } from './0050-calls.ts';

/** In the order of their names; one that has been released is never changed. One source for SQLite and PostgreSQL: no SQL by hand. */
export const migrations: Record<string, Migration> = {
  '0010-people': { up: people },
  '0020-links': { up: links },
  '0030-zones': { up: zones },
  '0050-calls': { up: calls },
};
