import { randomUUID } from 'node:crypto';
import { HubRole, type HubInvitation } from '../../src-shared/model/hub-people.ts';
import { HubError } from '../errors.ts';
import { demandGoodPassword, hashPassword } from './passwords.ts';
import { findPerson } from './people.ts';
import type { PeopleServices } from './people-services.ts';
import { hashSecret, makeSecret } from './secrets.ts';
import { openSession, type Entered, type Visitor } from './sessions.ts';

const DAY_MS = 24 * 60 * 60_000;

export async function listInvitations({ store }: PeopleServices): Promise<HubInvitation[]> {
  const rows = await store.selectFrom('invitation').selectAll().orderBy('created_at', 'desc').limit(200).execute();
  return rows.map((row) => ({
    id: row.id,
    role: HubRole.parse(row.role),
    note: row.note,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  }));
}

interface Wanted {
  role: HubRole;
  note: string;
  days: number;
}

export async function invite(services: PeopleServices, by: string | null, { role, note, days }: Wanted) {
  const { store, now } = services;
  const secret = makeSecret();
  const row = { id: randomUUID(), role, note, created_at: now(), expires_at: now() + days * DAY_MS, used_by: null, used_at: null };
  await store
    .insertInto('invitation')
    .values({ ...row, token_hash: hashSecret(secret), invited_by: by })
    .execute();
  const invitation: HubInvitation = { id: row.id, role, note, createdAt: row.created_at, expiresAt: row.expires_at, usedAt: null };
  return { invitation, secret };
}

export async function withdraw({ store }: PeopleServices, id: string): Promise<void> {
  const gone = await store.deleteFrom('invitation').where('id', '=', id).where('used_at', 'is', null).returning('id').execute();
  if (gone.length === 0) throw new HubError('NOT_FOUND', 'This invitation has been used or withdrawn.');
}

interface Newcomer {
  secret: string;
  login: string;
  name: string;
  password: string;
}

/** Whoever comes first by a link is in; the link is dead from then on. */
export async function redeem(services: PeopleServices, { secret, login, name, password }: Newcomer, visitor: Visitor): Promise<Entered> {
  const { store, now } = services;
  const open = await store
    .selectFrom('invitation')
    .select(['id', 'role'])
    .where('token_hash', '=', hashSecret(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now())
    .executeTakeFirst();
  if (open === undefined) throw new HubError('FORBIDDEN', 'This link has been used, has been withdrawn, or is too old. Ask for a new one.');
  demandGoodPassword(password, [login, name]);
  const hash = await hashPassword(password);
  const id = randomUUID();
  await store.transaction().execute(async (within) => {
    const taken = await within.selectFrom('person').select('id').where('login', '=', login).executeTakeFirst();
    if (taken !== undefined) throw new HubError('CONFLICT', `Somebody has the login ${login}. Choose another one.`);
    const used = await within
      .updateTable('invitation')
      .set({ used_at: now(), used_by: id })
      .where('id', '=', open.id)
      .where('used_at', 'is', null)
      .returning('id')
      .execute();
    if (used.length === 0) throw new HubError('FORBIDDEN', 'Somebody has just used this link.');
    await within
      .insertInto('person')
      .values({ id, login, name, role: open.role, password_hash: hash, disabled: 0, created_at: now() })
      .execute();
  });
  return { person: await findPerson(services, id), secret: await openSession(services, id, visitor) };
}

/** The way in where nobody is an administrator yet, or none can sign in; former links of this kind die. */
export async function inviteFirst(services: PeopleServices): Promise<string> {
  await services.store.deleteFrom('invitation').where('invited_by', 'is', null).where('used_at', 'is', null).execute();
  return (await invite(services, null, { role: 'admin', note: 'Made when the hub was started', days: 1 })).secret;
}
