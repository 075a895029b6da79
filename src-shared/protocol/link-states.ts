import { z } from 'zod';
import type { Refused } from './messages.ts';

/** What a harness is at a hub. `refused` and `revoked` are final: who comes again enrols anew. */
export const ENROLMENT_STATES = ['presented', 'approved', 'suspended', 'refused', 'revoked'] as const;
export const EnrolmentState = z.enum(ENROLMENT_STATES);
export type EnrolmentState = z.infer<typeof EnrolmentState>;
export const ENROLMENT_EVENTS = ['approved', 'suspended', 'refused', 'revoked'] as const;
export type EnrolmentEvent = (typeof ENROLMENT_EVENTS)[number];

const ENROLMENT: Readonly<Record<EnrolmentState, Partial<Readonly<Record<EnrolmentEvent, EnrolmentState>>>>> = {
  presented: { approved: 'approved', refused: 'refused' },
  approved: { suspended: 'suspended', revoked: 'revoked' },
  suspended: { approved: 'approved', revoked: 'revoked' },
  refused: {},
  revoked: {},
};

/** The state after `event`, or null where there is no such move. */
export function nextEnrolment(state: EnrolmentState, event: EnrolmentEvent): EnrolmentState | null {
  return ENROLMENT[state][event] ?? null;
}

/** The link as the harness sees it. */
export const LINK_STATES = ['down', 'hello', 'up', 'refused'] as const;
export const LinkState = z.enum(LINK_STATES);
export type LinkState = z.infer<typeof LinkState>;
export const LINK_EVENTS = ['connected', 'welcomed', 'refused', 'lost', 'retried'] as const;
export type LinkEvent = (typeof LINK_EVENTS)[number];

const LINK: Readonly<Record<LinkState, Partial<Readonly<Record<LinkEvent, LinkState>>>>> = {
  down: { connected: 'hello' },
  hello: { welcomed: 'up', refused: 'refused', lost: 'down' },
  up: { refused: 'refused', lost: 'down' },
  refused: { retried: 'down' },
};

export function nextLink(state: LinkState, event: LinkEvent): LinkState | null {
  return LINK[state][event] ?? null;
}

/** What a refusal makes of the home: `ok` = asked again later, nothing is lost. */
export const HOME_STATES = ['ok', 'notApproved', 'copied', 'fenced', 'revoked'] as const;
export const HomeState = z.enum(HOME_STATES);
export type HomeState = z.infer<typeof HomeState>;

export function homeAfterRefusal(code: Refused['code'], before: HomeState): HomeState {
  if (code === 'revoked' || code === 'fenced' || code === 'notApproved') return code;
  return before;
}
