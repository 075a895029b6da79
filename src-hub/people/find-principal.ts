import { z } from 'zod';
import { HubRole, HubScope } from '../../src-shared/model/hub-people.ts';
import type { PeopleServices } from './people-services.ts';
import type { Principal } from './principal.ts';
import { hashSecret } from './secrets.ts';

/** A session that nobody used for so long is over, whatever it was made for. */
export const IDLE_MS = 24 * 60 * 60_000;
/** How exact "last seen" is: one write a minute is enough. */
const SEEN_MS = 60_000;

export async function findBySession({ store, now }: PeopleServices, secret: string): Promise<Principal | null> {
  const at = now();
  const row = await store
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select(['session.id as sessionId', 'session.last_seen_at as seen', 'person.id', 'login', 'name', 'role'])
    .where('session.token_hash', '=', hashSecret(secret))
    .where('session.expires_at', '>', at)
    .where('session.last_seen_at', '>', at - IDLE_MS)
    .where('person.disabled', '=', 0)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (at - row.seen > SEEN_MS) await store.updateTable('session').set({ last_seen_at: at }).where('id', '=', row.sessionId).execute();
  return { person: personOf(row), sessionId: row.sessionId, scopes: null };
}

export async function findByToken({ store, now }: PeopleServices, secret: string): Promise<Principal | null> {
  const at = now();
  const row = await store
    .selectFrom('token')
    .innerJoin('person', 'person.id', 'token.person_id')
    .select(['token.id as tokenId', 'scopes', 'last_used_at as used', 'person.id', 'login', 'person.name', 'role'])
    .where('token.token_hash', '=', hashSecret(secret))
    .where('token.expires_at', '>', at)
    .where('person.disabled', '=', 0)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (at - (row.used ?? 0) > SEEN_MS) await store.updateTable('token').set({ last_used_at: at }).where('id', '=', row.tokenId).execute();
  return { person: personOf(row), sessionId: null, scopes: z.array(HubScope).parse(row.scopes.split(' ')) };
}

function personOf({ id, login, name, role }: { id: string; login: string; name: string; role: string }): Principal['person'] {
  return { id, login, name, role: HubRole.parse(role) };
}
