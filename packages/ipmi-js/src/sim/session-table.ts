import { randomBytes } from 'node:crypto';
import type { Envelope } from '../rmcpplus/envelope.js';
import type { User } from './state/users.js';

/** Where an answer goes. */
export interface Peer {
  /** Stable text for one remote address and port. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  send(datagram: Buffer): void;
}

const remembered = 16;

interface Remembered {
  readonly message: Buffer;
  readonly answer: Buffer;
}

/** An open session of a simulated BMC. */
export class SimSession {
  readonly id: number;
  readonly user: User;
  readonly envelope: Envelope;
  /** 1 to 63, as Get Session Info counts. */
  readonly handle: number;
  readonly isRmcpPlus: boolean;
  /** Highest level this session may raise itself to. */
  readonly limit: number;
  privilege: number;
  peer: Peer;
  lastHeard = performance.now();
  readonly #answers: Remembered[] = [];

  constructor(opening: { id: number; handle: number; user: User; envelope: Envelope; limit: number; peer: Peer; isRmcpPlus: boolean }) {
    this.id = opening.id;
    this.handle = opening.handle;
    this.user = opening.user;
    this.envelope = opening.envelope;
    this.limit = opening.limit;
    this.privilege = Math.min(2, opening.limit);
    this.peer = opening.peer;
    this.isRmcpPlus = opening.isRmcpPlus;
  }

  /** The answer given to exactly this message a short while ago: a retransmission is answered, not executed, again. */
  recall(message: Buffer): Buffer | undefined {
    return this.#answers.find((known) => known.message.equals(message))?.answer;
  }

  remember(message: Buffer, answer: Buffer): void {
    this.#answers.push({ message: Buffer.from(message), answer });
    if (this.#answers.length > remembered) this.#answers.shift();
  }
}

export interface SessionTableSettings {
  readonly limit: number;
  readonly timeoutMs: number;
}

/** All open sessions of a simulated BMC; silent ones are dropped when somebody looks. */
export class SessionTable {
  readonly #settings: SessionTableSettings;
  readonly #sessions = new Map<number, SimSession>();
  readonly #closeHandlers = new Set<(session: SimSession) => void>();
  /** Sessions ever opened and closed, for tests. */
  readonly counters = { opened: 0, closed: 0, timedOut: 0 };

  constructor(settings: SessionTableSettings) {
    this.#settings = settings;
  }

  get limit(): number {
    return this.#settings.limit;
  }

  get size(): number {
    this.#expire();
    return this.#sessions.size;
  }

  get isFull(): boolean {
    return this.size >= this.#settings.limit;
  }

  freshId(): number {
    for (;;) {
      const id = randomBytes(4).readUInt32LE();
      if (id !== 0 && !this.#sessions.has(id)) return id;
    }
  }

  freeHandle(): number {
    const taken = new Set([...this.#sessions.values()].map((session) => session.handle));
    let handle = 1;
    while (taken.has(handle)) handle += 1;
    return handle;
  }

  add(session: SimSession): void {
    this.#sessions.set(session.id, session);
    this.counters.opened += 1;
  }

  /** The session, heard from just now. */
  find(id: number): SimSession | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    if (performance.now() - session.lastHeard <= this.#settings.timeoutMs) return session;
    this.counters.timedOut += 1;
    this.close(id);
    return undefined;
  }

  list(): readonly SimSession[] {
    this.#expire();
    return [...this.#sessions.values()];
  }

  close(id: number): boolean {
    const session = this.#sessions.get(id);
    if (session === undefined) return false;
    this.#sessions.delete(id);
    this.counters.closed += 1;
    for (const handler of this.#closeHandlers) handler(session);
    return true;
  }

  closeAll(): void {
    for (const id of [...this.#sessions.keys()]) this.close(id);
  }

  onClose(handler: (session: SimSession) => void): void {
    this.#closeHandlers.add(handler);
  }

  #expire(): void {
    for (const id of [...this.#sessions.keys()]) this.find(id);
  }
}
