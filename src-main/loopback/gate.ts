import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How somebody came in: with the owner's token (the command line, scripts), or by a session of a browser. */
export type Entry = 'token' | 'session';

const TICKET_LIFE_MS = 10 * 60_000;
const SESSION_LIFE_MS = 12 * 60 * 60_000;

/**
 * Decides who may talk to the harness. Every request must name this server as its host (a page elsewhere that points its own name at
 * 127.0.0.1 is refused), and what a browser sends with a session must come from our own page.
 */
export class Gate {
  readonly ownerToken = randomBytes(32).toString('base64url');
  readonly #tickets = new Map<string, number>();
  readonly #sessions = new Map<string, number>();
  readonly #now: () => number;
  #port = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  listenOn(port: number): void {
    this.#port = port;
  }

  /** A token for one visit; it dies when used or after ten minutes. */
  issueTicket(): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.set(ticket, this.#now() + TICKET_LIFE_MS);
    return ticket;
  }

  /** Answers the Set-Cookie value of a new session, or null for a ticket that is unknown, used or old. */
  redeem(ticket: string): string | null {
    const until = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (until === undefined || until < this.#now()) return null;
    const session = randomBytes(32).toString('base64url');
    this.#sessions.set(session, this.#now() + SESSION_LIFE_MS);
    return `${this.#cookieName()}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_LIFE_MS / 1000}`;
  }

  knowsHost(request: IncomingMessage): boolean {
    return this.#hosts().includes(request.headers.host ?? '');
  }

  /** Null = refused. `changes` says that the request can change something, or opens a socket: then a session needs our own origin. */
  entry(request: IncomingMessage, changes: boolean): Entry | null {
    if (this.#hasOwnerToken(request)) return 'token';
    if (!this.#hasSession(request)) return null;
    return !changes || this.#isOwnOrigin(request) ? 'session' : null;
  }

  #hasOwnerToken(request: IncomingMessage): boolean {
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ', 2);
    return scheme === 'Bearer' && timingSafeEqual(digest(token), digest(this.ownerToken));
  }

  #hasSession(request: IncomingMessage): boolean {
    const prefix = `${this.#cookieName()}=`;
    const cookie = (request.headers.cookie ?? '').split(/;\s*/u).find((part) => part.startsWith(prefix));
    const until = cookie === undefined ? undefined : this.#sessions.get(cookie.slice(prefix.length));
    return until !== undefined && until >= this.#now();
  }

  #isOwnOrigin(request: IncomingMessage): boolean {
    return this.#hosts().some((host) => request.headers.origin === `http://${host}`);
  }

  #hosts(): string[] {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`];
  }

  /** Cookies know no ports: two harnesses on one machine must not overwrite each other's session. */
  #cookieName(): string {
    return `atn_session_${this.#port}`;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
