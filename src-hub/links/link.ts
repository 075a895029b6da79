import { randomBytes } from 'node:crypto';
import type { ZodType } from 'zod';
import {
  Facts,
  Heartbeat,
  Hello,
  Lane,
  MailAnswer,
  Proof,
  WINDOW_ITEMS,
  type LaneAnswer,
  type MailBatch,
} from '../../src-shared/protocol/messages.ts';
import { findHarness, listMail } from '../store/links.ts';
import { applyFacts } from './apply-facts.ts';
import type { LinkServices } from './link-services.ts';
import { refusalOf, takeHello, takeProof } from './take-hello.ts';

/** Who has not been let in by then is not a harness. */
const GREETING_MS = 15_000;

/** The wire as a link sees it. */
export interface LinkSocket {
  on(event: string, listener: (message: unknown, answer: unknown) => void): unknown;
  emit(event: string, message: unknown): unknown;
  /** Rejects where no answer comes in time. */
  ask(event: string, message: unknown): Promise<unknown>;
  /** `hard`: at once, without what is still to be sent. */
  disconnect(hard?: boolean): unknown;
}

/** One socket of a harness. What lasts is in the store; every write of it counts only while its session is the present one. */
export class Link {
  readonly #socket: LinkSocket;
  readonly #services: LinkServices;
  #session: { harnessId: string; session: string } | null = null;
  #greeting: Hello | null = null;
  #provenAt = 0;
  #sending = false;

  constructor(socket: LinkSocket, services: LinkServices, joined: (harnessId: string, session: string) => void) {
    this.#socket = socket;
    this.#services = services;
    const challenge = randomBytes(24).toString('base64url');
    const timer = setTimeout(() => this.#session === null && socket.disconnect(true), GREETING_MS);
    socket.on('disconnect', () => clearTimeout(timer));
    this.#answer('hello', Hello, (hello) => this.#hello(hello, challenge));
    this.#answer('proof', Proof, async ({ chain }) => {
      const answer = await this.#proof(chain);
      if (answer.kind === 'welcome' && this.#session !== null) joined(this.#session.harnessId, this.#session.session);
      return answer;
    });
    this.#answer('facts', Facts, (facts) => this.#facts(facts));
    this.#answer('lane', Lane, (lane) => this.#lane(lane));
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

  async #lane(lane: Lane): Promise<LaneAnswer> {
    const { harnessId } = this.#joined(lane.session);
    return (await this.#services.takeLane?.(harnessId, lane)) ?? { kind: 'closed' };
  }

  async #heartbeat({ session, clock }: { session: string; clock: number }) {
    const { harnessId } = this.#joined(session);
    const now = this.#services.now();
    const { numUpdatedRows } = await this.#services.heard.add(harnessId, (write) =>
      write
        .updateTable('harness')
        .set({ last_heard: now, clock_offset: clock - now })
        .where('id', '=', harnessId)
        .where('session', '=', session)
        .executeTakeFirst(),
    );
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
    const answer = MailAnswer.parse(await this.#socket.ask('mail', batch));
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
    this.#socket.on(event, (message, answer) => {
      const parsed = schema.safeParse(message);
      if (!parsed.success || typeof answer !== 'function') return void this.#socket.disconnect(true);
      deed(parsed.data).then(
        (result) => (answer as (result: unknown) => void)(result),
        () => this.#socket.disconnect(true),
      );
    });
  }
}
