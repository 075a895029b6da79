import type { Command } from '../wire/command.js';

export interface RawRequest {
  readonly netFn: number;
  readonly command: number;
  readonly data: Uint8Array;
  /** LUN of the BMC, 0 when left out. */
  readonly lun?: number;
  /** For messages: what is being done. */
  readonly name?: string;
}

export interface RawAnswer {
  readonly completionCode: number;
  readonly data: Buffer;
}

export interface SendOptions {
  readonly lun?: number;
}

/** Anything that commands can be sent through: a session, or a client that keeps one. */
export interface Sender {
  /** Rejects with CompletionError, TimeoutError, SessionClosedError or MalformedError. */
  send<Request, Response>(command: Command<Request, Response>, request: Request, options?: SendOptions): Promise<Response>;
  /** Any network function and command; completion codes other than 0 are answered, not thrown. */
  raw(request: RawRequest): Promise<RawAnswer>;
}
