import { Duplex } from 'node:stream';
import { activatePayload, deactivatePayload } from '../commands/app/session.js';
import type { Session } from '../client/session.js';
import { payloadType } from '../rmcpplus/packet.js';
import { SolLink } from '../rmcpplus/sol-link.js';
import { solHeaderLength, solOperation, solStatus } from '../rmcpplus/sol-packet.js';
import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { IpmiError, MalformedError, SessionClosedError } from '../wire/errors.js';

export interface SolOptions {
  /** 1 (default) to 15. */
  readonly instance?: number;
  /** End the console of another session if there is one. */
  readonly force?: boolean;
  /** Sends of one packet before the console counts as lost. Default 15. */
  readonly tries?: number;
}

/** Serial over LAN as a stream of bytes. `break` asks the BMC to send a serial break. */
export interface SolEvents {
  /** The machine sent a serial break. */
  break: [];
  /** Characters of the machine were lost in the BMC. */
  overrun: [];
}

const defaults = { firstMs: 150, minimumMs: 25, maximumMs: 1000, tries: 15 } as const;
const pauseMs = 50;

/**
 * The machine's console: read what it prints, write what is typed. Reading slowly makes the BMC hold the machine back (CTS).
 * Ends when the BMC deactivates it; errors with SOL_LOST when nothing is acknowledged any more.
 */
export class SolConsole extends Duplex {
  readonly #session: Session;
  readonly #link: SolLink;
  readonly #instance: number;
  readonly #forgetEnd: () => void;
  #isHeld = false;
  #isActive = true;
  #waiting: (() => void)[] = [];

  constructor(session: Session, place: { instance: number; maxCharacters: number; tries: number }) {
    super({ readableHighWaterMark: 64 * 1024, writableHighWaterMark: 16 * 1024 });
    this.#session = session;
    this.#instance = place.instance;
    this.#link = new SolLink({
      maxCharacters: place.maxCharacters,
      limits: { ...defaults, tries: place.tries },
      pauseMs,
      transmit: (payload) => {
        if (session.isOpen) session.sendPayload(payloadType.sol, payload);
      },
      accept: (data) => this.#accept(data),
      flags: (bits) => this.#status(bits),
      drained: () => this.#drained(),
      lost: () => this.#end(new IpmiError('SOL_LOST', 'the console does not answer any more')),
    });
    session.onPayload(payloadType.sol, (payload, sequence) => this.#receive(payload, sequence));
    this.#forgetEnd = session.onEnd((reason) => this.#end(reason instanceof SessionClosedError ? undefined : reason));
  }

  /** Sends a serial break. */
  sendBreak(): void {
    this.#link.control(solOperation.break);
  }

  override _read(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#link.stand(0);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#link.write(Buffer.from(chunk));
    this.#waiting.push(callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    void this.#deactivate().then(() => callback(error));
  }

  #accept(data: Buffer): number {
    if (!this.push(Buffer.from(data)) && !this.#isHeld) {
      this.#isHeld = true;
      this.#link.stand(solOperation.pause);
    }
    return data.length;
  }

  #receive(payload: Buffer, sequence: number): void {
    try {
      this.#link.receive(payload, sequence);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#session.counters.rejected += 1;
    }
  }

  #status(bits: number): void {
    if ((bits & solStatus.break) !== 0) this.emit('break');
    if ((bits & solStatus.overrun) !== 0) this.emit('overrun');
    if ((bits & solStatus.deactivated) === 0) return;
    this.#isActive = false;
    this.#end(undefined);
  }

  #drained(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
  }

  /** No more packets; an error, or an end for the reader. */
  #end(error: Error | undefined): void {
    this.#link.stop();
    if (error !== undefined) this.destroy(error);
    else if (!this.destroyed) this.push(null);
  }

  async #deactivate(): Promise<void> {
    this.#link.stop();
    this.#forgetEnd();
    this.#session.onPayload(payloadType.sol, undefined);
    if (!this.#isActive || !this.#session.isOpen) return;
    this.#isActive = false;
    await deactivate(this.#session, this.#instance).catch((error: unknown) => {
      if (!(error instanceof IpmiError)) throw error;
    });
  }
}

async function deactivate(session: Session, instance: number): Promise<void> {
  await session.send(deactivatePayload, { payloadType: payloadType.sol, instance, auxiliary: Buffer.alloc(4) });
}

/**
 * Activates Serial over LAN in this session (IPMI 2.0 24.1, 15.7). `destroy()` on the console deactivates it; the session stays
 * open. Rejects with CompletionError 80h when another session has the console and `force` was not said.
 */
export async function openSol(session: Session, options: SolOptions = {}): Promise<SolConsole> {
  const instance = options.instance ?? 1;
  const request = {
    payloadType: payloadType.sol,
    instance,
    serialAlertsFail: false,
    serialAlertsDeferred: false,
    testMode: false,
    authenticated: session.isAuthenticated,
    encrypted: session.isEncrypted,
    auxiliary: Buffer.alloc(3),
  };
  const activated = await session.send(activatePayload, request).catch(async (error: unknown) => {
    if (options.force !== true || !isCompletion(error, 0x80)) throw error;
    await deactivate(session, instance).catch((late: unknown) => {
      if (!isCompletion(late, 0x80, completion.invalidField)) throw late;
    });
    return session.send(activatePayload, request);
  });
  const maxCharacters = Math.max(1, Math.min(255, activated.inboundSize - solHeaderLength));
  return new SolConsole(session, { instance, maxCharacters, tries: options.tries ?? defaults.tries });
}
