import type { Fetched } from './grant-server.ts';
import type { GrantSource } from './open-source.ts';

/** To the thread. */
export type Order =
  | { id: number; do: 'grant'; token: string; name: string; source: GrantSource; known: string[]; address: string; port: number }
  | { do: 'revoke'; token: string }
  | { do: 'leave' };

/** From the thread: the answer to `grant`, and now and then what was fetched since. */
export type Said =
  { id: number; port: number; size: number } | { id: number; problem: { message: string; code: string | null } } | { fetched: Sum[] };

/** Of one grant, since it was last told. */
export type Sum = Omit<Fetched, 'began'> & { requests: number };
