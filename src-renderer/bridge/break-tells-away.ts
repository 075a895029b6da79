import { ORPCError } from '@orpc/client';
import { AwayError, type Link } from './transport.ts';

/**
 * What the harness refuses comes as an error of the contract; anything else that a link throws means that it broke under the call.
 * A caller that left by its own signal is told nothing new.
 */
export function breakTellsAway(link: Link): Link {
  return {
    call: async (path, input, options) => {
      try {
        return await link.call(path, input, options);
      } catch (error) {
        if (error instanceof ORPCError || options.signal?.aborted === true) throw error;
        throw new AwayError();
      }
    },
  };
}
