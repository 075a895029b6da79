import type { Item } from './items.ts';

/** Lower-case hex; given by the platform. */
export type HashText = (text: string) => string;

/** The chain before the first item. */
export const CHAIN_START = '';

/** The chain after `item`: the same only where every item up to here is the same, random numbers included. */
export function chainAfter(before: string, { seq, nonce, kind, body }: Item, hash: HashText): string {
  return hash(JSON.stringify([before, seq, nonce, kind, body]));
}
