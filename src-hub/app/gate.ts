import type { IncomingHttpHeaders } from 'node:http';
import { findBySession, findByToken } from '../people/find-principal.ts';
import type { PeopleServices } from '../people/people-services.ts';
import type { Principal } from '../people/principal.ts';
import { SESSION_LIFE_MS } from '../people/sessions.ts';

/** `__Host-` binds a cookie to this host and to TLS; plain HTTP, on loopback, cannot have it. */
const SECURE_NAME = '__Host-atn_hub';
const PLAIN_NAME = 'atn_hub';

export function cookieFor(secret: string | null, secure: boolean): string {
  const life = secret === null ? 0 : Math.floor(SESSION_LIFE_MS / 1000);
  const base = `${secure ? SECURE_NAME : PLAIN_NAME}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${life}`;
  return secure ? `${base}; Secure` : base;
}

/** Held while somebody is at the provider; Lax, because the way back begins on a page of the provider. */
const attemptName = (secure: boolean) => (secure ? '__Host-atn_hub_attempt' : 'atn_hub_attempt');

export function attemptCookieFor(state: string | null, secure: boolean): string {
  const base = `${attemptName(secure)}=${state ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${state === null ? 0 : 600}`;
  return secure ? `${base}; Secure` : base;
}

export function attemptOf(headers: IncomingHttpHeaders, secure: boolean): string | null {
  return cookieNamed(headers, attemptName(secure));
}

/** What somebody shows at the door: a token, a session, or nothing. */
export type Shown = { kind: 'token' | 'session'; secret: string } | null;

export function whatIsShown(headers: IncomingHttpHeaders, secure: boolean): Shown {
  const [scheme = '', token = ''] = (headers.authorization ?? '').split(' ', 2);
  if (scheme.toLowerCase() === 'bearer' && token !== '') return { kind: 'token', secret: token };
  const secret = cookieNamed(headers, secure ? SECURE_NAME : PLAIN_NAME);
  return secret === null ? null : { kind: 'session', secret };
}

function cookieNamed(headers: IncomingHttpHeaders, name: string): string | null {
  const prefix = `${name}=`;
  const cookie = (headers.cookie ?? '').split(/;\s*/u).find((part) => part.startsWith(prefix));
  return cookie === undefined || cookie === prefix ? null : cookie.slice(prefix.length);
}

export function principalOf(people: PeopleServices, shown: Shown): Promise<Principal | null> {
  if (shown === null) return Promise.resolve(null);
  return shown.kind === 'token' ? findByToken(people, shown.secret) : findBySession(people, shown.secret);
}

/** A browser says from which page it asks; another page than ours may neither change anything nor open a socket. Scripts say nothing. */
export function isOwnPage(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';
  if (!URL.canParse(origin)) return false;
  return publicUrl === undefined ? new URL(origin).host === headers.host : new URL(origin).origin === new URL(publicUrl).origin;
}
