import type { Duplex } from 'node:stream';
import type { Action, Args, Asked, Value } from './capabilities.ts';
import type { Endpoint } from './endpoints.ts';

/** What a handler is given besides its arguments. */
export interface Task {
  /** Aborted when the caller cancels or the time is over; a handler that can should stop. */
  signal: AbortSignal;
  /** Called directly before something is sent that changes the machine; throws NOT_RESERVED when the fence has moved on. */
  permit: () => void;
}

export type Handlers<Link> = {
  [C in Asked]?: { [A in Action<C>]?: (link: Link, args: Args<C, A>, task: Task) => Promise<Value<C, A>> };
};

/** One way to reach machines. It runs in the thread that owns the machine; a link keeps what is warm (a session, its caches). */
export interface Driver<E extends Endpoint = Endpoint, Link = unknown> {
  /** Names the far end and the account, without secrets: calls to one address wait in one queue and share one link. */
  address: (endpoint: E) => string;
  /** Makes a link; nothing is sent yet. */
  open: (endpoint: E) => Link;
  /** Ends what is warm. Called after idle time, when credentials change and at the end; may be called while a call is under way. */
  close: (link: Link) => Promise<void>;
  handlers: Handlers<Link>;
  /** Which capabilities this endpoint can have at all, when that depends on how it is set up. Left out: all handlers. */
  offers?: (endpoint: E, capability: string, action: string) => boolean;
  /** A stream of bytes to and from the machine; destroyed by the caller. */
  openConsole?: (link: Link, task: Task) => Promise<Duplex>;
  /** Throws the library's errors as `DriverError`. */
  translate?: (error: unknown) => Error | undefined;
}

/** Told apart by hand only here: a driver is always called with links it made itself. */
export type AnyDriver = Driver<never, never>;
