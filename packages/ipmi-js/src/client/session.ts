import type { Envelope, Opened } from '../rmcpplus/envelope.js';
import { payloadType } from '../rmcpplus/packet.js';
import { closeSession } from '../commands/app/session.js';
import { getDeviceId } from '../commands/app/get-device-id.js';
import { Reader } from '../wire/reader.js';
import { CompletionError, type Command } from '../wire/command.js';
import { completion } from '../wire/completion-codes.js';
import { IpmiError, MalformedError, SessionClosedError } from '../wire/errors.js';
import { Writer } from '../wire/writer.js';
import type { Channel } from './channel.js';
import { RequestTable } from './request-table.js';
import { defaultRetry, type RetryPolicy } from './retry.js';
import type { RawAnswer, RawRequest, Sender, SendOptions } from './sender.js';

export interface SessionSettings {
  readonly retry?: RetryPolicy;
  /** Requests on the wire at once; BMCs are only obliged to bear one. */
  readonly pipeline?: number;
  /** Milliseconds of silence after which Get Device ID is sent; 0 switches it off. Default 30,000. */
  readonly keepAliveMs?: number;
}

/** What came in and was not used; a steady growth says somebody forges or the link repeats. */
/** Hears a payload and the number of its packet in the session, by which packets that overtook each other are told. */
type PayloadHandler = (payload: Buffer, sequence: number) => void;

export interface SessionCounters {
  rejected: number;
  duplicates: number;
  unmatched: number;
}

const keepAliveDefault = 30_000;
/** Room for the usual request; longer ones grow. */
const requestCapacity = 16;
const closeRetry: RetryPolicy = { firstMs: 200, factor: 1.5, maxMs: 400, tries: 3 };

/** An open session with a BMC: sends commands, carries payloads, keeps itself alive, ends once. */
export class Session implements Sender {
  readonly counters: SessionCounters = { rejected: 0, duplicates: 0, unmatched: 0 };
  readonly #channel: Channel;
  readonly #envelope: Envelope;
  readonly #requests: RequestTable;
  readonly #payloadHandlers = new Map<number, PayloadHandler>();
  readonly #endHandlers = new Set<(reason: Error) => void>();
  readonly #keepAliveMs: number;
  #keepAlive: NodeJS.Timeout | undefined;
  #ended: Error | undefined;
  #closing: Promise<void> | undefined;

  constructor(channel: Channel, envelope: Envelope, settings: SessionSettings = {}) {
    this.#channel = channel;
    this.#envelope = envelope;
    this.#keepAliveMs = settings.keepAliveMs ?? keepAliveDefault;
    this.#requests = new RequestTable({
      place: channel,
      policy: settings.retry ?? defaultRetry,
      pipeline: settings.pipeline ?? 1,
      transmit: (message) => channel.send(envelope.seal(payloadType.ipmi, message)),
    });
    channel.listen((datagram) => this.#receive(datagram));
    this.#armKeepAlive();
  }

  /** The id the BMC gave to this session. */
  get id(): number {
    return this.#envelope.remoteId;
  }

  /** Cipher suite; undefined in IPMI 1.5 sessions. */
  get suite(): number | undefined {
    return this.#envelope.suite;
  }

  get isAuthenticated(): boolean {
    return this.#envelope.isAuthenticated;
  }

  get isEncrypted(): boolean {
    return this.#envelope.isEncrypted;
  }

  get isOpen(): boolean {
    return this.#ended === undefined && this.#closing === undefined;
  }

  async send<Request, Response>(command: Command<Request, Response>, request: Request, options: SendOptions = {}): Promise<Response> {
    const writer = new Writer(requestCapacity);
    if (command.group !== undefined) writer.u8(command.group);
    command.request.write(writer, request);
    const place = { netFn: command.netFn, command: command.code, data: writer.finish(), name: command.name, lun: options.lun ?? 0 };
    const data = await this.#ask(place);
    this.#armKeepAlive();
    const reader = new Reader(data);
    const completionCode = reader.u8();
    if (completionCode !== completion.ok) throw new CompletionError(completionCode, command);
    if (command.group !== undefined && reader.u8() !== command.group) throw new MalformedError(`${command.name}: answer of another group`);
    try {
      return command.response.read(reader);
    } catch (error) {
      if (error instanceof MalformedError) throw new MalformedError(`${command.name}: ${error.message}`, { cause: error });
      throw error;
    }
  }

  async raw(request: RawRequest): Promise<RawAnswer> {
    const data = await this.#ask(request);
    this.#armKeepAlive();
    return { completionCode: data[0] ?? completion.unspecified, data: data.subarray(1) };
  }

  /** The answer, completion code first. */
  #ask(request: RawRequest): Promise<Buffer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (this.#closing !== undefined) return Promise.reject(new SessionClosedError('the session is being closed'));
    return this.#requests.ask(request);
  }

  /** Sends a payload that is not an IPMI message (SOL); it is sealed, not retransmitted. */
  sendPayload(type: number, payload: Uint8Array): void {
    if (this.#ended !== undefined) throw this.#ended;
    this.#channel.send(this.#envelope.seal(type, payload));
  }

  /** Hears payloads of a type; `undefined` stops. */
  onPayload(type: number, handler: PayloadHandler | undefined): void {
    if (handler === undefined) this.#payloadHandlers.delete(type);
    else this.#payloadHandlers.set(type, handler);
  }

  /** Hears the end of the session once, with its reason. Answers how to stop hearing. */
  onEnd(handler: (reason: Error) => void): () => void {
    this.#endHandlers.add(handler);
    return () => void this.#endHandlers.delete(handler);
  }

  /** Tells the BMC and lets the socket go; never rejects, can be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Drops everything without telling the BMC, for instance after it was reset. */
  abandon(reason: Error = new SessionClosedError('the session was given up')): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    clearTimeout(this.#keepAlive);
    this.#requests.fail(reason);
    this.#channel.close();
    for (const handler of this.#endHandlers) handler(reason);
    this.#endHandlers.clear();
  }

  async #close(): Promise<void> {
    if (this.#ended !== undefined) return;
    clearTimeout(this.#keepAlive);
    this.#requests.fail(new SessionClosedError('the session is being closed'));
    const data = Buffer.allocUnsafe(4);
    data.writeUInt32LE(this.#envelope.remoteId);
    try {
      await this.#requests.ask({ netFn: closeSession.netFn, command: closeSession.code, data, name: closeSession.name }, closeRetry);
    } catch (error) {
      if (!(error instanceof IpmiError)) throw error;
    } finally {
      this.abandon(new SessionClosedError());
    }
  }

  #armKeepAlive(): void {
    if (this.#keepAliveMs === 0) return;
    if (this.#keepAlive !== undefined) {
      this.#keepAlive.refresh();
      return;
    }
    this.#keepAlive = setTimeout(() => {
      if (!this.isOpen) return;
      this.send(getDeviceId, undefined).catch((error: unknown) => {
        if (!(error instanceof CompletionError)) this.abandon(error instanceof Error ? error : new SessionClosedError());
      });
      this.#keepAlive?.refresh();
    }, this.#keepAliveMs);
    this.#keepAlive.unref();
  }

  #receive(datagram: Buffer): void {
    let opened: Opened | undefined;
    try {
      opened = this.#envelope.open(datagram);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.counters.rejected += 1;
      return;
    }
    if (opened === undefined) this.counters.duplicates += 1;
    else if (opened.payloadType !== payloadType.ipmi) this.#payloadHandlers.get(opened.payloadType)?.(opened.payload, opened.sequence);
    else if (!this.#requests.settle(opened.payload)) this.counters.unmatched += 1;
  }
}
