import type { Kysely } from 'kysely';
import { directoryPart, harnessesPart, reservationsPart } from '../api/labs.ts';
import { auditPart, invitationsPart, peoplePart, sessionsPart, systemPart, tokensPart } from '../api/people.ts';
import { createRouter, type HubRouter } from '../api/router.ts';
import type { Report } from '../api/translate-errors.ts';
import { LinkNotices, type LinkServices } from '../links/link-services.ts';
import { tellOfPerson } from '../links/wishes.ts';
import type { PeopleServices } from '../people/people-services.ts';
import type { HubTables } from '../store/tables.ts';

interface Given {
  store: Kysely<HubTables>;
  /** UTC ms. */
  now(): number;
  name: string;
  appVersion: string;
  report: Report;
}

/** Services and the procedures on them; no server yet. */
export function composeRouter({ store, now, name, appVersion, report }: Given): {
  router: HubRouter;
  people: PeopleServices;
  links: LinkServices;
} {
  const links: LinkServices = { store, now, hubName: () => name, notices: new LinkNotices() };
  const people: PeopleServices = {
    store,
    now,
    ended: (sessionIds) => sessionIds.forEach((id) => links.notices.tell(id, 'session')),
    barred: (login, off) => tellOfPerson(links, login, off),
  };
  const parts = {
    system: systemPart(people, { name, appVersion }),
    sessions: sessionsPart(people),
    tokens: tokensPart(people),
    people: peoplePart(people),
    invitations: invitationsPart(people),
    audit: auditPart(people),
    harnesses: harnessesPart(links),
    directory: directoryPart(links),
    reservations: reservationsPart(links),
  };
  return { router: createRouter(parts, people, report), people, links };
}
