import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import { findOffers } from '../directory/find-offers.ts';
import { listHarnesses, listSuts } from '../directory/list-harnesses.ts';
import { findReservation, listReservations } from '../directory/list-reservations.ts';
import { decideEnrolment, makeCode, renameHarness } from '../links/enrolment.ts';
import type { LinkServices } from '../links/link-services.ts';
import { groupsOf } from '../people/groups.ts';
import { askEnd, askHandOver, askOtherEnd, askReservation } from '../links/wishes.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

export function harnessesPart(links: LinkServices): HubPart<'harnesses'> {
  const procedures = implement(hubContract.harnesses).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listHarnesses(links)),
    invite: procedures.invite.handler(({ context }) => makeCode(links, signedIn(context).person.login)),
    decide: procedures.decide.handler(async ({ input }) => {
      await decideEnrolment(links, { id: input.id, event: input.decision });
      return listHarnesses(links);
    }),
    rename: procedures.rename.handler(async ({ input }) => {
      await renameHarness(links, input);
      return listHarnesses(links);
    }),
  };
}

export function directoryPart(links: LinkServices): HubPart<'directory'> {
  const procedures = implement(hubContract.directory).$context<CallContext>();
  return {
    list: procedures.list.handler(({ input }) => listSuts(links, input)),
    offers: procedures.offers.handler(async ({ input: { begin, durationMs, ...need }, context }) =>
      findOffers(links, { need, begin, durationMs, groups: await groupsOf(links.store, signedIn(context).person.login) }),
    ),
  };
}

/** People are told apart by their login, here and at the labs. */
export function reservationsPart(links: LinkServices): HubPart<'reservations'> {
  const procedures = implement(hubContract.reservations).$context<CallContext>();
  return {
    list: procedures.list.handler(({ input: { everybody, ...wanted }, context }) =>
      listReservations(links, { ...wanted, person: everybody ? null : signedIn(context).person.login }),
    ),
    ask: procedures.ask.handler(async ({ input, context }) => {
      const { begin, durationMs, ...rest } = input;
      const times = { ...(begin === undefined ? {} : { begin }), ...(durationMs === undefined ? {} : { durationMs }) };
      const { login } = signedIn(context).person;
      await askReservation(links, { ...rest, ...times, groups: await groupsOf(links.store, login) }, login);
      return findReservation(links, input.id);
    }),
    end: procedures.end.handler(async ({ input, context }) => {
      await askEnd(links, input.id, signedIn(context).person.login);
      return findReservation(links, input.id);
    }),
    changeEnd: procedures.changeEnd.handler(async ({ input, context }) => {
      await askOtherEnd(links, input, signedIn(context).person.login);
      return findReservation(links, input.id);
    }),
    handOver: procedures.handOver.handler(async ({ input, context }) => {
      await askHandOver(links, input, signedIn(context).person.login);
      return findReservation(links, input.id);
    }),
  };
}
