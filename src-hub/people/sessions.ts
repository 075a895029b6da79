import { randomUUID } from 'node:crypto';
import type { HubPerson, HubSession } from '../../src-shared/model/hub-people.ts';
import { HubError } from '../errors.ts';
import { IDLE_MS } from './find-principal.ts';
import { hashPassword, passwordFits, demandGoodPassword } from './passwords.ts';
import { toPerson } from './people.ts';
import type { PeopleServices } from './people-services.ts';
import type { Principal } from './principal.ts';
import { hashSecret, makeSecret } from './secrets.ts';

/** Whoever comes back daily signs in anew once a week. */
export const SESSION_LIFE_MS = 7 * 24 * 60 * 60_000;

/** From where somebody comes, as far as is known. */
export interface Visitor {
  address: string;
  agent: string;
}

export interface Entered {
  person: HubPerson;
  /** The value of the cookie. */
  secret: string;
}

export async function signIn(services: PeopleServices, wanted: { login: string; password: string }, visitor: Visitor): Promise<Entered> {
  const login = wanted.login.trim().toLowerCase();
  const row = await services.store.selectFrom('person').selectAll().where('login', '=', login).executeTakeFirst();
  const fits = await passwordFits(wanted.password, row?.password_hash ?? null);
  if (row === undefined || !fits || row.disabled === 1) throw new HubError('UNAUTHORIZED', 'Login or password is wrong.');
  return { person: toPerson(row), secret: await openSession(services, row.id, visitor) };
}

/** Answers the secret of the new session; sessions that are over anyway are cleared away on the occasion. */
export async function openSession({ store, now }: PeopleServices, personId: string, visitor: Visitor): Promise<string> {
  const at = now();
  const secret = makeSecret();
  await store
    .deleteFrom('session')
    .where((row) => row.or([row('expires_at', '<=', at), row('last_seen_at', '<=', at - IDLE_MS)]))
    .execute();
  await store
    .insertInto('session')
    .values({
      id: randomUUID(),
      token_hash: hashSecret(secret),
      person_id: personId,
      created_at: at,
      last_seen_at: at,
      expires_at: at + SESSION_LIFE_MS,
      address: visitor.address.slice(0, 100),
      agent: visitor.agent.slice(0, 300),
    })
    .execute();
  return secret;
}

export async function listSessions({ store, now }: PeopleServices, who: Principal): Promise<HubSession[]> {
  const rows = await store
    .selectFrom('session')
    .selectAll()
    .where('person_id', '=', who.person.id)
    .where('expires_at', '>', now())
    .where('last_seen_at', '>', now() - IDLE_MS)
    .orderBy('last_seen_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    own: row.id === who.sessionId,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    agent: row.agent,
  }));
}

/** One of one's own, or all but the present one where `id` is null. */
export async function endSessions({ store, ended }: PeopleServices, who: Principal, id: string | null): Promise<void> {
  const rows = await store
    .deleteFrom('session')
    .where('person_id', '=', who.person.id)
    .where('id', id === null ? '!=' : '=', id ?? who.sessionId ?? '')
    .returning('id')
    .execute();
  if (id !== null && rows.length === 0) throw new HubError('NOT_FOUND', 'This session is over already.');
  ended(rows.map((row) => row.id));
}

export async function changePassword(services: PeopleServices, who: Principal, wanted: { present: string; next: string }): Promise<void> {
  const { store } = services;
  if (who.sessionId === null) throw new HubError('FORBIDDEN', 'A password is changed in the browser, not by a token.');
  const { password_hash: hash } = await store
    .selectFrom('person')
    .select('password_hash')
    .where('id', '=', who.person.id)
    .executeTakeFirstOrThrow();
  if (!(await passwordFits(wanted.present, hash))) throw new HubError('FORBIDDEN', 'The present password is another one.');
  demandGoodPassword(wanted.next, [who.person.login, who.person.name]);
  const next = await hashPassword(wanted.next);
  await store.updateTable('person').set({ password_hash: next }).where('id', '=', who.person.id).execute();
  await endSessions(services, who, null);
}
