import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import { listAudit } from '../people/audit.ts';
import { deleteGroup, listGroups, saveGroup } from '../people/groups.ts';
import { invite, listInvitations, redeem, withdraw } from '../people/invitations.ts';
import type { PeopleServices } from '../people/people-services.ts';
import { changePerson, findPerson, listPeople } from '../people/people.ts';
import { changePassword, endSessions, listSessions, signIn } from '../people/sessions.ts';
import { createToken, listTokens, revokeToken } from '../people/tokens.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

export function systemPart(people: PeopleServices, hub: { name: string; appVersion: string }): HubPart<'system'> {
  const procedures = implement(hubContract.system).$context<CallContext>();
  return {
    info: procedures.info.handler(async ({ context }) => {
      const { person, scopes } = signedIn(context);
      return { face: 'hub' as const, ...hub, now: people.now(), me: await findPerson(people, person.id), scopes };
    }),
  };
}

/** `provider`: the other way in, beside passwords. */
export function sessionsPart(people: PeopleServices, provider: { name: string; address: string } | null): HubPart<'sessions'> {
  const procedures = implement(hubContract.sessions).$context<CallContext>();
  return {
    ways: procedures.ways.handler(() => ({ provider })),
    signIn: procedures.signIn.handler(async ({ input, context }) => {
      const { person, secret } = await signIn(people, input, context.visitor);
      context.setSession(secret);
      return person;
    }),
    signOut: procedures.signOut.handler(async ({ context }) => {
      const who = signedIn(context);
      if (who.sessionId !== null) await endSessions(people, who, who.sessionId);
      context.setSession(null);
    }),
    list: procedures.list.handler(({ context }) => listSessions(people, signedIn(context))),
    revoke: procedures.revoke.handler(async ({ input, context }) => {
      await endSessions(people, signedIn(context), input.id);
      return listSessions(people, signedIn(context));
    }),
    changePassword: procedures.changePassword.handler(({ input, context }) => changePassword(people, signedIn(context), input)),
  };
}

export function tokensPart(people: PeopleServices): HubPart<'tokens'> {
  const procedures = implement(hubContract.tokens).$context<CallContext>();
  return {
    list: procedures.list.handler(({ context }) => listTokens(people, signedIn(context))),
    create: procedures.create.handler(({ input, context }) => createToken(people, signedIn(context), input)),
    revoke: procedures.revoke.handler(async ({ input, context }) => {
      await revokeToken(people, signedIn(context), input.id);
      return listTokens(people, signedIn(context));
    }),
  };
}

export function peoplePart(people: PeopleServices): HubPart<'people'> {
  const procedures = implement(hubContract.people).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listPeople(people)),
    change: procedures.change.handler(async ({ input }) => {
      await changePerson(people, input);
      return listPeople(people);
    }),
  };
}

export function groupsPart(people: PeopleServices): HubPart<'groups'> {
  const procedures = implement(hubContract.groups).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listGroups(people)),
    save: procedures.save.handler(async ({ input }) => {
      await saveGroup(people, input);
      return listGroups(people);
    }),
    remove: procedures.remove.handler(async ({ input }) => {
      await deleteGroup(people, input.id);
      return listGroups(people);
    }),
  };
}

export function invitationsPart(people: PeopleServices): HubPart<'invitations'> {
  const procedures = implement(hubContract.invitations).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listInvitations(people)),
    create: procedures.create.handler(({ input, context }) => invite(people, signedIn(context).person.id, input)),
    withdraw: procedures.withdraw.handler(async ({ input }) => {
      await withdraw(people, input.id);
      return listInvitations(people);
    }),
    redeem: procedures.redeem.handler(async ({ input, context }) => {
      const { person, secret } = await redeem(people, input, context.visitor);
      context.setSession(secret);
      return person;
    }),
  };
}

export function auditPart(people: PeopleServices): HubPart<'audit'> {
  const procedures = implement(hubContract.audit).$context<CallContext>();
  return { list: procedures.list.handler(({ input }) => listAudit(people.store, input)) };
}
