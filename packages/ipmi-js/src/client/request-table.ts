import { completion } from '../wire/completion-codes.js';
import { MalformedError, TimeoutError } from '../wire/errors.js';
import { bmcAddress, consoleAddress, packLanMessage, unpackLanMessage } from '../wire/lan-message.js';
import type { Channel } from './channel.js';
import { waitAfter, type RetryPolicy } from './retry.js';
import type { RawRequest } from './sender.js';

export interface RequestTableSettings {
  readonly place: Pick<Channel, 'host' | 'port' | 'networkErrors'>;
  readonly policy: RetryPolicy;
  readonly pipeline: number;
  transmit(message: Buffer): void;
}

interface Pending {
  readonly request: RawRequest;
  readonly policy: RetryPolicy;
  readonly resolve: (data: Buffer) => void;
  readonly reject: (error: Error) => void;
  message: Buffer;
  sequence: number;
  began: number;
  tries: number;
  /** When it is sent again, or given up. */
  deadline: number;
  /** It was told "busy" and waits to be sent, not to be answered. */
  isResting: boolean;
}

const sequences = 64;

/**
 * Requests that wait for an answer, found by their 6-bit sequence number. A retransmission keeps that number, so that
 * a BMC that executed the request already answers from memory instead of doing it twice.
 */
export class RequestTable {
  readonly #settings: RequestTableSettings;
  readonly #pending = new Map<number, Pending>();
  readonly #queue: Pending[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;

  constructor(settings: RequestTableSettings) {
    this.#settings = settings;
  }

  /** Sends when a place is free; the answer begins with the completion code. */
  ask(request: RawRequest, policy: RetryPolicy = this.#settings.policy): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        request,
        policy,
        resolve,
        reject,
        message: Buffer.alloc(0),
        sequence: 0,
        began: 0,
        tries: 0,
        deadline: 0,
        isResting: false,
      };
      if (this.#pending.size < this.#settings.pipeline) this.#start(pending);
      else this.#queue.push(pending);
    });
  }

  /** True when the message answers a waiting request. */
  settle(payload: Buffer): boolean {
    let message: ReturnType<typeof unpackLanMessage>;
    try {
      message = unpackLanMessage(payload);
    } catch (error) {
      if (error instanceof MalformedError) return false;
      throw error;
    }
    const pending = this.#pending.get(message.sequence);
    if (pending === undefined || message.data.length === 0) return false;
    const { request } = pending;
    if (message.netFn !== (request.netFn | 1) || message.command !== request.command) return false;
    if (message.data[0] === completion.busy && pending.tries < pending.policy.tries) {
      this.#again(pending);
      return true;
    }
    this.#finish(pending);
    pending.resolve(message.data);
    return true;
  }

  /** Ends everything that waits. */
  fail(reason: Error): void {
    for (const pending of [...this.#pending.values(), ...this.#queue.splice(0)]) {
      this.#pending.delete(pending.sequence);
      pending.reject(reason);
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
  }

  #start(pending: Pending): void {
    pending.began = performance.now();
    this.#number(pending);
    this.#transmit(pending);
  }

  /** Gives the request a free sequence number. */
  #number(pending: Pending): void {
    const { request } = pending;
    do this.#next = (this.#next + 1) % sequences;
    while (this.#pending.has(this.#next));
    pending.sequence = this.#next;
    this.#pending.set(pending.sequence, pending);
    pending.message = packLanMessage({
      target: bmcAddress,
      netFn: request.netFn,
      targetLun: request.lun ?? 0,
      source: consoleAddress,
      sequence: pending.sequence,
      sourceLun: 0,
      command: request.command,
      data: request.data,
    });
  }

  #transmit(pending: Pending): void {
    pending.tries += 1;
    this.#settings.transmit(pending.message);
    pending.isResting = false;
    this.#wait(pending, waitAfter(pending.policy, pending.tries));
  }

  /** The BMC said "busy": it did nothing, so the same request is asked anew after a wait, under a new number. */
  #again(pending: Pending): void {
    this.#pending.delete(pending.sequence);
    this.#number(pending);
    pending.isResting = true;
    this.#wait(pending, waitAfter(pending.policy, pending.tries) / 4);
  }

  /** One timer for all requests, set to the earliest; an answered request leaves it be, so that most requests cost no timer. */
  #wait(pending: Pending, ms: number): void {
    pending.deadline = performance.now() + ms;
    if (pending.deadline < this.#timerAt) this.#setTimer(pending.deadline, ms);
  }

  #setTimer(at: number, ms: number): void {
    clearTimeout(this.#timer);
    this.#timerAt = at;
    // The socket keeps the process alive while an answer is waited for.
    this.#timer = setTimeout(() => this.#tick(), Math.max(1, ms)).unref();
  }

  #tick(): void {
    this.#timer = undefined;
    this.#timerAt = Infinity;
    const now = performance.now();
    for (const pending of [...this.#pending.values()]) if (pending.deadline <= now) this.#expire(pending);
    let earliest = Infinity;
    for (const pending of this.#pending.values()) earliest = Math.min(earliest, pending.deadline);
    if (earliest < this.#timerAt) this.#setTimer(earliest, earliest - now);
  }

  #expire(pending: Pending): void {
    if (pending.isResting || pending.tries < pending.policy.tries) return this.#transmit(pending);
    this.#finish(pending);
    const { host, port, networkErrors } = this.#settings.place;
    const { request, tries } = pending;
    const what = request.name ?? `netfn 0x${request.netFn.toString(16)} command 0x${request.command.toString(16)}`;
    pending.reject(
      new TimeoutError({ what, host, port, tries, elapsedMs: performance.now() - pending.began, lastNetworkError: networkErrors.last }),
    );
  }

  #finish(pending: Pending): void {
    this.#pending.delete(pending.sequence);
    const next = this.#queue.shift();
    if (next !== undefined) this.#start(next);
  }
}
