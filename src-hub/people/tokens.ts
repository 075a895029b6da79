import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { HubScope, type HubToken } from '../../src-shared/model/hub-people.ts';
import { HubError } from '../errors.ts';
import type { PeopleServices } from './people-services.ts';
import type { Principal } from './principal.ts';
import { hashSecret, makeSecret } from './secrets.ts';

const DAY_MS = 24 * 60 * 60_000;
const MOST = 50;

export async function listTokens({ store }: PeopleServices, who: Principal): Promise<HubToken[]> {
  const rows = await store.selectFrom('token').selectAll().where('person_id', '=', who.person.id).orderBy('created_at', 'desc').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: z.array(HubScope).parse(row.scopes.split(' ')),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }));
}

interface Wanted {
  name: string;
  scopes: HubScope[];
  days: number;
}

export async function createToken(services: PeopleServices, who: Principal, wanted: Wanted): Promise<{ token: HubToken; secret: string }> {
  const { store, now } = services;
  if (who.sessionId === null) throw new HubError('FORBIDDEN', 'A token cannot make tokens. Sign in in a browser.');
  const mine = await listTokens(services, who);
  if (mine.length >= MOST) throw new HubError('CONFLICT', `You have ${MOST} tokens. Revoke some first.`);
  const secret = `atn_${makeSecret()}`;
  const id = randomUUID();
  await store
    .insertInto('token')
    .values({
      id,
      token_hash: hashSecret(secret),
      person_id: who.person.id,
      name: wanted.name,
      scopes: [...new Set(wanted.scopes)].join(' '),
      created_at: now(),
      expires_at: now() + wanted.days * DAY_MS,
      last_used_at: null,
    })
    .execute();
  const token = (await listTokens(services, who)).find((entry) => entry.id === id);
  if (token === undefined) throw new HubError('INTERNAL');
  return { token, secret };
}

export async function revokeToken({ store }: PeopleServices, who: Principal, id: string): Promise<void> {
  const gone = await store.deleteFrom('token').where('person_id', '=', who.person.id).where('id', '=', id).returning('id').execute();
  if (gone.length === 0) throw new HubError('NOT_FOUND', 'This token is gone already.');
}
