import type { Opened } from '../rmcpplus/envelope.js';
import { SolLink } from '../rmcpplus/sol-link.js';
import { solHeaderLength, solOperation, solStatus } from '../rmcpplus/sol-packet.js';
import type { SimSession } from './session-table.js';

/** What sits at the serial port of a simulated machine. */
export interface SerialHost {
  /** Bytes typed at the console; answers how many of them it could take. */
  receive(data: Buffer, send: (data: Buffer) => void): number;
  /** The console sent a break. */
  break?(): void;
  /** A console was connected. */
  connected?(send: (data: Buffer) => void): void;
}

/** Sends everything back, as a loop plug does. */
export const echoHost: SerialHost = {
  receive: (data, send) => {
    send(Buffer.from(data));
    return data.length;
  },
};

export interface SolPortSettings {
  /** Largest SOL payload each way, header included. */
  readonly payloadSize: number;
  readonly retryMs: number;
  readonly tries: number;
}

export const solPortDefaults: SolPortSettings = { payloadSize: solHeaderLength + 252, retryMs: 50, tries: 12 };

const repeatFactor = 10;

/** The SOL payload of a simulated BMC: one session at a time may hold it. */
export class SolPort {
  readonly #settings: SolPortSettings;
  host: SerialHost;
  #session: SimSession | undefined;
  #link: SolLink | undefined;
  readonly #transmit: (session: SimSession, payload: Buffer) => void;
  /** What the machine said while nobody was connected, newest last. */
  #history = Buffer.alloc(0);

  constructor(host: SerialHost, settings: SolPortSettings, transmit: (session: SimSession, payload: Buffer) => void) {
    this.host = host;
    this.#settings = settings;
    this.#transmit = transmit;
  }

  get holder(): SimSession | undefined {
    return this.#session;
  }

  get payloadSize(): number {
    return this.#settings.payloadSize;
  }

  /** Bytes on their way to the console. */
  get backlog(): number {
    return this.#link?.backlog ?? 0;
  }

  /** Something the machine prints: to the console, or kept (up to 16 KiB) until there is one. */
  print(data: Buffer): void {
    if (this.#link !== undefined) this.#link.write(Buffer.from(data));
    else this.#history = Buffer.concat([this.#history, data]).subarray(-16_384);
  }

  activate(session: SimSession): void {
    const send = (data: Buffer): void => this.print(data);
    this.#session = session;
    this.#link = new SolLink({
      maxCharacters: Math.min(255, this.#settings.payloadSize - solHeaderLength),
      limits: {
        firstMs: this.#settings.retryMs,
        minimumMs: this.#settings.retryMs / 2,
        maximumMs: this.#settings.retryMs * repeatFactor,
        tries: this.#settings.tries,
      },
      pauseMs: this.#settings.retryMs,
      transmit: (payload) => this.#transmit(session, payload),
      accept: (data) => this.host.receive(data, send),
      flags: (bits) => this.#operation(bits),
      lost: () => this.deactivate(session),
    });
    this.host.connected?.(send);
    if (this.#history.length > 0) this.#link.write(this.#history);
    this.#history = Buffer.alloc(0);
  }

  /** Ends the payload of that session; false when it does not hold it. */
  deactivate(session: SimSession): boolean {
    if (this.#session !== session) return false;
    this.#link?.stop();
    this.#link = undefined;
    this.#session = undefined;
    return true;
  }

  /** Throws the console out and tells it so. */
  evict(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#transmit(session, Buffer.from([0, 0, 0, solStatus.deactivated]));
    this.deactivate(session);
  }

  receive(session: SimSession, { payload, sequence }: Opened): void {
    if (this.#session === session) this.#link?.receive(payload, sequence);
  }

  #operation(bits: number): void {
    if ((bits & solOperation.break) !== 0) this.host.break?.();
    this.#link?.hold((bits & solOperation.pause) !== 0);
  }
}
