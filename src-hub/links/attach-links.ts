import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { ZodType } from 'zod';
import {
  Facts,
  Heartbeat,
  Hello,
  MailAnswer,
  Proof,
  SILENCE_MS,
  SOCKET_PATH,
  WINDOW_ITEMS,
  type MailBatch,
} from '../../src-shared/protocol/messages.ts';
import { findHarness, listMail } from '../store/links.ts';
import { applyFacts } from './apply-facts.ts';
import type { LinkServices } from './link-services.ts';
import { refusalOf, takeHello, takeProof } from './take-hello.ts';

/** Mail that another process of the hub wrote is found this soon, and a session that another ended. */
const LOOK_MS = 2000;
/** Who has not been let in by then is not a harness. */
const GREETING_MS = 15_000;
const MAIL_PATIENCE_MS = 10_000;
const MOST_BYTES = 2_000_000;

/** Takes links of harnesses on this server. `close` ends them; the harnesses dial again. */
export function attachLinks(server: HttpServer, services: LinkServices): { close: () => void } {
  const io = new Server(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MOST_BYTES,
    // Pages have sockets on the same server.
    destroyUpgrade: false,
  });
  const links = new Map<string, Set<Link>>();
  io.on('connection', (socket) => {
    const link = new Link(socket, services, (harnessId) => {
      const same = links.get(harnessId) ?? new Set();
      links.set(harnessId, same.add(link));
    });
    socket.on('disconnect', () => {
      for (const [id, some] of links) if (some.delete(link) && some.size === 0) links.delete(id);
    });
  });
  const wake = (harnessId: string) => links.get(harnessId)?.forEach((link) => void link.look());
  const stop = services.notices.on(wake);
  const timer = setInterval(() => void lookAround(services, [...links.keys()], wake).catch(() => undefined), LOOK_MS);
  return {
    close: () => {
      stop();
      clearInterval(timer);
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

/** One question for all links of this process: who has mail, or is no longer whom we know. */
async function lookAround({ store }: LinkServices, ids: string[], wake: (id: string) => void): Promise<void> {
  if (ids.length === 0) return;
  const waiting = await store
    .selectFrom('harness')
    .select('id')
    .where('id', 'in', ids)
    .where((where) =>
      where.or([where('mail_head', '>', where.ref('mail_acked')), where('session', 'is', null), where('state', '!=', 'approved')]),
    )
    .execute();
  for (const { id } of waiting) wake(id);
}

/** One socket of a harness. What lasts is in the store; every write of it counts only while its session is the present one. */
class Link {
  readonly #socket: Socket;
  readonly #services: LinkServices;
  #session: { harnessId: string; session: string } | null = null;
  #greeting: Hello | null = null;
  #provenAt = 0;
  #sending = false;

  constructor(socket: Socket, services: LinkServices, joined: (harnessId: string) => void) {
    this.#socket = socket;
    this.#services = services;
    const challenge = randomBytes(24).toString('base64url');
    const timer = setTimeout(() => this.#session === null && socket.disconnect(true), GREETING_MS);
    socket.on('disconnect', () => clearTimeout(timer));
    this.#answer('hello', Hello, (hello) => this.#hello(hello, challenge));
    this.#answer('proof', Proof, async ({ chain }) => {
      const answer = await this.#proof(chain);
      if (answer.kind === 'welcome' && this.#session !== null) joined(this.#session.harnessId);
      return answer;
    });
    this.#answer('facts', Facts, (facts) => this.#facts(facts));
    this.#answer('heartbeat', Heartbeat, (beat) => this.#heartbeat(beat));
    socket.emit('challenge', { challenge });
  }

  /** Looks whether there is mail, and whether this link still counts. */
  async look(): Promise<void> {
    if (this.#sending || this.#session === null) return;
    this.#sending = true;
    try {
      while (await this.#sendMail(this.#session));
    } catch {
      // Not acknowledged in time, or the store is away: it is looked at again.
    } finally {
      this.#sending = false;
    }
  }

  async #hello(hello: Hello, challenge: string) {
    const found = await takeHello(this.#services, hello, challenge);
    if ('kind' in found) return found;
    this.#greeting = hello;
    this.#provenAt = found.seq;
    return { kind: 'prove' as const, seq: found.seq };
  }

  async #proof(chain: string | null) {
    const hello = this.#greeting;
    if (hello === null) throw new Error('proof before hello');
    const judged = await takeProof(this.#services, hello, { seq: this.#provenAt, chain });
    if (judged === null) throw new Error('the history moved meanwhile');
    if (judged.kind === 'welcome') this.#session = { harnessId: hello.harnessId, session: judged.session };
    return judged;
  }

  async #facts(facts: Facts) {
    const { harnessId } = this.#joined(facts.session);
    const answer = await applyFacts(this.#services, harnessId, facts);
    setImmediate(() => void this.look());
    return answer;
  }

  async #heartbeat({ session, clock }: { session: string; clock: number }) {
    const { harnessId } = this.#joined(session);
    const now = this.#services.now();
    const { numUpdatedRows } = await this.#services.store
      .updateTable('harness')
      .set({ last_heard: now, clock_offset: clock - now })
      .where('id', '=', harnessId)
      .where('session', '=', session)
      .executeTakeFirst();
    return numUpdatedRows > 0n ? { kind: 'heard' as const, clock: now } : { kind: 'overtaken' as const };
  }

  /** Answers whether there may be more. */
  async #sendMail({ harnessId, session }: { harnessId: string; session: string }): Promise<boolean> {
    const { store } = this.#services;
    const harness = await findHarness(store, harnessId);
    if (harness === undefined || harness.state !== 'approved') {
      this.#socket.emit('refused', refusalOf(harness ?? { state: 'revoked' }));
      // The refusal goes out before the end of the connection.
      this.#socket.disconnect();
      return false;
    }
    if (harness.session !== session) {
      this.#socket.disconnect(true);
      return false;
    }
    if (harness.opened === 0 || harness.mail_head <= harness.mail_acked) return false;
    const items = await listMail(store, harness, WINDOW_ITEMS);
    if (items.length === 0) return false;
    const batch: MailBatch = { session, mailGen: harness.mail_gen, items };
    const answer = MailAnswer.parse(await this.#socket.timeout(MAIL_PATIENCE_MS).emitWithAck('mail', batch));
    if (answer.mailGen !== harness.mail_gen || answer.seq <= harness.mail_acked || answer.seq > harness.mail_head) return false;
    const { numUpdatedRows } = await store
      .updateTable('harness')
      .set({ mail_acked: answer.seq, last_heard: this.#services.now() })
      .where('id', '=', harnessId)
      .where('session', '=', session)
      .where('mail_gen', '=', harness.mail_gen)
      .where('mail_acked', '<', answer.seq)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  #joined(session: string): { harnessId: string } {
    if (this.#session === null || this.#session.session !== session) throw new Error('not welcome');
    return this.#session;
  }

  /** What does not fit, and what fails inside, ends the connection: the harness dials again and both cursors say where to go on. */
  #answer<T>(event: string, schema: ZodType<T>, deed: (message: T) => Promise<unknown>): void {
    this.#socket.on(event, (message: unknown, answer: unknown) => {
      const parsed = schema.safeParse(message);
      if (!parsed.success || typeof answer !== 'function') return void this.#socket.disconnect(true);
      deed(parsed.data).then(
        (result) => (answer as (result: unknown) => void)(result),
        () => this.#socket.disconnect(true),
      );
    });
  }
}

/** Whether a harness counts as here: whatever process of the hub died, the last word grows old by itself. */
export function isUp(harness: { session: string | null; last_heard: number | null }, now: number): boolean {
  return harness.session !== null && harness.last_heard !== null && now - harness.last_heard < SILENCE_MS;
}
