import type { Migration } from 'kysely';
import { up as people } from './0010-people.ts';
import { up as links } from './0020-links.ts';
import { up as zones } from './0030-zones.ts';
import { up as remoteRuns } from './0040-remote-runs.ts';
import { up as calls } from './0050-calls.ts';
import { up as identities } from './0051-identities.ts';
import { up as groups } from './0052-groups.ts';
import { up as bringing } from './0055-bringing.ts';
import { up as lanes } from './0058-lanes.ts';
import { up as notices } from './0064-notices.ts';
import { up as hooks } from './0065-hooks.ts';
import { up as runMarks } from './0066-run-marks.ts';
import { up as badges } from './0070-badges.ts';

/** In the order of their names; one that has been released is never changed. One source for SQLite and PostgreSQL: no SQL by hand. */
export const migrations: Record<string, Migration> = {
  '0010-people': { up: people },
  '0020-links': { up: links },
  '0030-zones': { up: zones },
  '0040-remote-runs': { up: remoteRuns },
  '0050-calls': { up: calls },
  '0051-identities': { up: identities },
  '0052-groups': { up: groups },
  '0055-bringing': { up: bringing },
  '0058-lanes': { up: lanes },
  '0064-notices': { up: notices },
  '0065-hooks': { up: hooks },
  '0066-run-marks': { up: runMarks },
  '0070-badges': { up: badges },
};
