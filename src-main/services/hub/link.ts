import { homeAfterRefusal, nextLink, type LinkEvent, type LinkState } from '../../../src-shared/protocol/link-states.ts';
import {
  Challenge,
  FactsAnswer,
  HEARTBEAT_MS,
  HeartbeatAnswer,
  helloText,
  MailBatch,
  Prove,
  Refused,
  SILENCE_MS,
  VERSIONS,
  Welcome,
  WINDOW_ITEMS,
  type Hello,
} from '../../../src-shared/protocol/messages.ts';
import type { HubSocket, SocketEvents } from '../../hub-link/open-socket.ts';
import { findHub, updateHub } from '../../store/hub.ts';
import { forgetWhatHubRunsTold } from '../../store/hub-runs.ts';
import { listOutbox, outboxChain, outboxHead } from '../../store/hub-outbox.ts';
import { applyMail } from './apply-mail.ts';
import { signWithKey } from './enrol-harness.ts';
import type { HubServices } from './hub-services.ts';
import { hasHubHeard, hubHeard } from './runs/heard-hub.ts';
import { appendFact, tellFacts } from './tell-facts.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A hub that refused is not asked often: a person has to do something first. */
const REFUSED_PAUSE_MS = 15 * 60_000;
/** Who only waits to be approved asks again soon. */
const APPROVAL_PAUSE_MS = 5000;

/** The link as it is now; everything that lasts is in the store. */
export class HubLink {
  readonly #services: HubServices;
  /** What a refusal means for what remote people have; joined by the owner of the link. */
  readonly #refused: (code: Refused['code']) => void;
  /** Answers who looks at consoles through the hub. */
  readonly #consoles: (message: unknown) => Promise<unknown>;
  #state: LinkState = 'down';
  #problem: string | null = null;
  #nextTryAt: number | null = null;
  #failures = 0;
  #socket: HubSocket | null = null;
  #session: string | null = null;
  #lastHeard = 0;
  /** The session for which facts are on their way: another one does not wait for their answer. */
  #sendingFor: string | null = null;
  #timers: { retry?: NodeJS.Timeout; heartbeat?: NodeJS.Timeout; look?: NodeJS.Immediate } = {};
  #closed = false;

  constructor(
    services: HubServices,
    joined: { refused: (code: Refused['code']) => void; consoles: (message: unknown) => Promise<unknown> },
  ) {
    this.#services = services;
    this.#refused = joined.refused;
    this.#consoles = joined.consoles;
  }

  /** Null while there is no link. */
  get session(): string | null {
    return this.#session;
  }

  /** Rejects where there is no link, or none any more. */
  ask(event: string, message: unknown): Promise<unknown> {
    return this.#socket?.call(event, message) ?? Promise.reject(new Error('There is no link to the hub.'));
  }

  get view(): { link: LinkState; problem: string | null; nextTryAt: number | null } {
    return { link: this.#state, problem: this.#problem, nextTryAt: this.#nextTryAt };
  }

  /** Dials now. Does nothing where a link stands or is being made, or where the home may not speak for itself. */
  async dial(): Promise<void> {
    const hub = findHub(this.#services.store);
    if (this.#closed || hub === undefined || hub.state === 'revoked' || hub.state === 'copied' || this.#socket !== null) return;
    clearTimeout(this.#timers.retry);
    this.#nextTryAt = null;
    if (this.#state === 'refused') this.#move('retried');
    const wire = await this.#services.wire();
    if (this.#closed || this.#socket !== null) return;
    this.#socket = this.#open(hub.url, wire.openSocket);
  }

  #open(url: string, openSocket: (url: string, events: SocketEvents) => HubSocket): HubSocket {
    const socket: HubSocket = openSocket(url, {
      challenge: (message) => void this.#greet(socket, message).catch((error: unknown) => this.#lose(socket, sentenceOf(error))),
      mail: (message, answer) => this.#takeMail(socket, message, answer),
      console: (message) => this.#consoles(message),
      refused: (message) => this.#takeRefusal(socket, Refused.parse(message)),
      lost: (why) => this.#lose(socket, why),
    });
    return socket;
  }

  /** Something may have to be told; looked at once what is being written is written. */
  look(): void {
    if (this.#timers.look !== undefined || this.#closed) return;
    this.#timers.look = setImmediate(() => {
      delete this.#timers.look;
      try {
        if (tellFacts(this.#services)) this.#services.changes.emit('hub:changed', {});
        void this.#send();
      } catch (error) {
        this.#services.log.error('what the hub is to hear could not be written', error);
      }
    });
  }

  /** Ends the link; `dial` makes it anew. */
  hangUp(): void {
    clearTimeout(this.#timers.retry);
    clearInterval(this.#timers.heartbeat);
    this.#socket?.close();
    this.#socket = null;
    this.#session = null;
    this.#nextTryAt = null;
    this.#problem = null;
    this.#state = 'down';
  }

  close(): void {
    this.#closed = true;
    clearImmediate(this.#timers.look);
    this.hangUp();
  }

  async #greet(socket: HubSocket, message: unknown): Promise<void> {
    const { challenge } = Challenge.parse(message);
    const { store, clock, appVersion } = this.#services;
    const hub = findHub(store);
    if (hub === undefined) return this.#lose(socket, 'left');
    this.#move('connected');
    const hello: Hello = {
      versions: { ...VERSIONS },
      harnessId: hub.harness_id,
      signature: await signWithKey(this.#services, hub.key_reference, helloText(challenge, hub.harness_id, hub.store_gen)),
      storeGen: hub.store_gen,
      incarnation: hub.incarnation,
      head: outboxHead(store),
      acked: hub.acked,
      mail: { gen: hub.mail_gen, seq: hub.mail_seq, chain: hub.mail_chain },
      clock: clock.now(),
      appVersion,
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    const asked = await socket.call('hello', hello);
    const refused = Refused.safeParse(asked);
    if (refused.success) return this.#takeRefusal(socket, refused.data);
    const proof = { chain: outboxChain(store, Prove.parse(asked).seq) ?? null };
    const judged = await socket.call('proof', proof);
    const refusal = Refused.safeParse(judged);
    if (refusal.success) return this.#takeRefusal(socket, refusal.data);
    this.#takeWelcome(socket, Welcome.parse(judged));
  }

  #takeWelcome(socket: HubSocket, { session, seq, mailGen }: Welcome): void {
    if (socket !== this.#socket) return;
    const { store, clock } = this.#services;
    store.transaction(() => {
      const same = findHub(store)?.mail_gen === mailGen;
      const mail = same ? {} : { mail_gen: mailGen, mail_seq: 0, mail_chain: '' };
      if (!same) forgetWhatHubRunsTold(store);
      updateHub(store, { state: 'ok', acked: seq, last_up_at: clock.now(), ...mail });
      appendFact(this.#services, { kind: 'open', body: { session } });
    })();
    this.#session = session;
    this.#failures = 0;
    this.#lastHeard = performance.now();
    this.#problem = null;
    this.#timers.heartbeat = setInterval(() => void this.#beat(socket, session), HEARTBEAT_MS);
    this.#move('welcomed');
    this.look();
  }

  async #send(): Promise<void> {
    const [socket, session] = [this.#socket, this.#session];
    if (socket === null || session === null || this.#sendingFor === session) return;
    this.#sendingFor = session;
    try {
      while (this.#session === session && (await this.#sendSome(socket, session)));
    } catch (error) {
      this.#lose(socket, sentenceOf(error));
    } finally {
      if (this.#sendingFor === session) this.#sendingFor = null;
    }
  }

  /** Answers whether there may be more. */
  async #sendSome(socket: HubSocket, session: string): Promise<boolean> {
    const { store, changes } = this.#services;
    const hub = findHub(store);
    const items = hub === undefined ? [] : listOutbox(store, hub.acked, WINDOW_ITEMS);
    if (hub === undefined || items.length === 0) return false;
    const facts = { session, storeGen: hub.store_gen, before: outboxChain(store, hub.acked) ?? '', items };
    const answer = FactsAnswer.parse(await socket.call('facts', facts));
    if (this.#session !== session) return false;
    this.#lastHeard = performance.now();
    if (answer.kind === 'overtaken') throw new Error('Another connection of this harness has taken over.');
    if (answer.seq <= hub.acked) throw new Error('The hub did not count what it was told.');
    updateHub(store, { acked: answer.seq });
    if (!hasHubHeard(store)) {
      // Facts of this session begin with its opening, so the hub has counted that.
      hubHeard(store);
      changes.emit('system:changed', {});
    }
    changes.emit('hub:changed', {});
    return true;
  }

  #takeMail(socket: HubSocket, message: unknown, answer: (answer: unknown) => void): void {
    const batch = MailBatch.safeParse(message);
    if (socket !== this.#socket || !batch.success || batch.data.session !== this.#session) return;
    try {
      const seq = applyMail(this.#services, batch.data);
      answer({ mailGen: batch.data.mailGen, seq });
    } catch (error) {
      // Not counted, so it comes again.
      this.#services.log.error('mail of the hub could not be applied', error);
    }
    this.#services.changes.emit('hub:changed', {});
    this.look();
  }

  async #beat(socket: HubSocket, session: string): Promise<void> {
    if (performance.now() - this.#lastHeard > SILENCE_MS) return this.#lose(socket, 'The hub has not answered for a while.');
    const { store, clock } = this.#services;
    try {
      const answer = HeartbeatAnswer.parse(await socket.call('heartbeat', { session, clock: clock.now() }));
      if (this.#session !== session) return;
      if (answer.kind === 'overtaken') return this.#lose(socket, 'Another connection of this harness has taken over.');
      this.#lastHeard = performance.now();
      updateHub(store, { last_up_at: clock.now() });
    } catch {
      // Whether that is the end is decided by how long nothing was heard.
    }
  }

  #takeRefusal(socket: HubSocket, { code, message }: Refused): void {
    if (socket !== this.#socket) return;
    const { store } = this.#services;
    const hub = findHub(store);
    this.#problem = message;
    this.#drop(socket);
    if (hub !== undefined) updateHub(store, { state: homeAfterRefusal(code, hub.state) });
    this.#move('refused');
    this.#refused(code);
    if (code !== 'revoked') this.#retryIn(code === 'notApproved' ? APPROVAL_PAUSE_MS : REFUSED_PAUSE_MS);
  }

  #lose(socket: HubSocket, why: string): void {
    if (socket !== this.#socket) return;
    this.#drop(socket);
    this.#problem = `The hub is not reached (${why}).`;
    this.#move('lost');
    this.#failures += 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, this.#failures - 1));
    this.#retryIn(pause * (0.5 + Math.random() / 2));
  }

  #drop(socket: HubSocket): void {
    clearInterval(this.#timers.heartbeat);
    socket.close();
    this.#socket = null;
    this.#session = null;
  }

  #retryIn(pause: number): void {
    if (this.#closed) return;
    this.#nextTryAt = this.#services.clock.now() + Math.round(pause);
    this.#timers.retry = setTimeout(() => void this.dial(), pause).unref();
    this.#services.changes.emit('hub:changed', {});
  }

  /** A loss before anything was said leaves the link down, as it was. */
  #move(event: LinkEvent): void {
    this.#state = nextLink(this.#state, event) ?? this.#state;
    this.#services.changes.emit('hub:changed', {});
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
