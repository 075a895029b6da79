import { randomUUID } from 'node:crypto';
import { HubRole, Login } from '../../src-shared/model/hub-people.ts';
import { Name } from '../../src-shared/model/text.ts';
import { HubError } from '../errors.ts';
import { setProvidedGroups } from './groups.ts';
import type { PeopleServices } from './people-services.ts';
import { changePerson, findPerson } from './people.ts';
import type { Claims, ProviderSettings } from './provider.ts';
import { openSession, type Entered, type Visitor } from './sessions.ts';

/**
 * The person behind what the provider said: known by issuer and subject, never by a name or an address, which others could take. Who is new
 * gets an account of their own; a login that somebody has here already is theirs only once they have signed in here and linked the two.
 */
export async function enterByProvider(
  services: PeopleServices,
  settings: ProviderSettings,
  { claims, visitor }: { claims: Claims; visitor: Visitor },
): Promise<Entered> {
  const role = roleOf(settings, claims);
  const id = (await findIdentity(services, claims)) ?? (await meet(services, claims, role));
  const before = await findPerson(services, id);
  if (before.disabled) throw new HubError('FORBIDDEN', 'You are shut out of this hub. Ask an administrator.');
  // The last administrator stays one, whatever the provider says.
  if (settings.roles !== undefined && before.role !== role) await changePerson(services, { id, role }).catch(passOverConflict);
  if (claims.groups !== null) await setProvidedGroups(services, id, claims.groups);
  return { person: await findPerson(services, id), secret: await openSession(services, id, visitor) };
}

function roleOf({ roles, name }: ProviderSettings, claims: Claims): HubRole {
  if (roles === undefined) return 'tester';
  const found = [...HubRole.options].reverse().find((role) => roles[role].some((value) => claims.roles.includes(value)));
  if (found === undefined) throw new HubError('FORBIDDEN', `${name} knows you, but nothing it says of you lets you in here.`);
  return found;
}

async function findIdentity({ store }: PeopleServices, { issuer, subject, linkTo }: Claims): Promise<string | null> {
  const known = await store
    .selectFrom('identity')
    .select('person_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (known !== undefined && linkTo !== null && known.person_id !== linkTo)
    throw new HubError('CONFLICT', 'Somebody else comes by this account already.');
  return known?.person_id ?? null;
}

/** Links whoever is signed in, or makes a person. */
async function meet(services: PeopleServices, claims: Claims, role: HubRole): Promise<string> {
  const { store, now } = services;
  const login = Login.safeParse(claims.login.replace(/\s+/gu, '.'));
  const name = Name.safeParse(claims.name.slice(0, 200));
  const id = claims.linkTo ?? randomUUID();
  await store.transaction().execute(async (within) => {
    if (claims.linkTo === null) {
      if (!login.success) throw new HubError('BAD_REQUEST', `“${claims.login}” cannot be a login here.`);
      const taken = await within.selectFrom('person').select('id').where('login', '=', login.data).executeTakeFirst();
      if (taken !== undefined)
        throw new HubError(
          'CONFLICT',
          `Somebody has the login ${login.data} here. If that is you, sign in with the password and link the two under Settings.`,
        );
      const row = { id, login: login.data, name: name.success ? name.data : login.data, role, password_hash: null };
      await within
        .insertInto('person')
        .values({ ...row, disabled: 0, created_at: now() })
        .execute();
    }
    await within
      .insertInto('identity')
      .values({ issuer: claims.issuer, subject: claims.subject, person_id: id, linked_at: now() })
      .execute();
  });
  return id;
}

function passOverConflict(error: unknown): void {
  if (!(error instanceof HubError) || error.code !== 'CONFLICT') throw error;
}
