import type { Command } from '../wire/command.js';
import { SessionClosedError, TimeoutError } from '../wire/errors.js';
import { openSession, type SessionOptions } from './open-session.js';
import type { RawAnswer, RawRequest, Sender, SendOptions } from './sender.js';
import type { Session } from './session.js';

/**
 * One BMC, with a session that is opened when first needed, kept warm, and opened anew after it was lost.
 * A command that changes something is never sent again in a new session: its outcome would be unknown.
 */
export class IpmiClient implements Sender {
  readonly host: string;
  /** Private, so that a client that is printed or logged shows no password. */
  readonly #options: SessionOptions;
  #session: Promise<Session> | undefined;
  #closed = false;

  constructor(options: SessionOptions) {
    this.host = options.host;
    this.#options = options;
  }

  /** The warm session, opened if there is none. */
  session(): Promise<Session> {
    if (this.#closed) return Promise.reject(new SessionClosedError('the client is closed'));
    if (this.#session === undefined) {
      const opening = this.#open(() => {
        if (this.#session === opening) this.#session = undefined;
      });
      this.#session = opening;
    }
    return this.#session;
  }

  async #open(forget: () => void): Promise<Session> {
    try {
      const session = await openSession(this.#options);
      session.onEnd(forget);
      if (this.#closed) {
        await session.close();
        throw new SessionClosedError('the client is closed');
      }
      return session;
    } catch (error) {
      forget();
      throw error;
    }
  }

  async send<Request, Response>(command: Command<Request, Response>, request: Request, options?: SendOptions): Promise<Response> {
    const wasWarm = this.#session !== undefined;
    const session = await this.session();
    try {
      return await session.send(command, request, options);
    } catch (error) {
      if (!this.#dropLost(session, error)) throw error;
      if (!wasWarm || !command.repeatable) throw error;
      return (await this.session()).send(command, request, options);
    }
  }

  async raw(request: RawRequest): Promise<RawAnswer> {
    const session = await this.session();
    try {
      return await session.raw(request);
    } catch (error) {
      this.#dropLost(session, error);
      throw error;
    }
  }

  /** True when the session is of no more use; it is given up then. */
  #dropLost(session: Session, error: unknown): boolean {
    if (error instanceof TimeoutError) session.abandon(error);
    return error instanceof TimeoutError || error instanceof SessionClosedError;
  }

  /** Closes the session if there is one; the client cannot be used afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    const session = await this.#session?.catch(() => undefined);
    await session?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
