import { z } from 'zod';

/**
 * Who may act on a SUT at this moment. Both change whenever that changes: a reservation becomes active, ends, is handed over or forced,
 * a run takes or gives back its lease. A command carries the fence it was allowed under and is sent only if its `token` equals the
 * present one, compared directly before sending. Equality, not "not older": numbers repeat after a restored backup, tokens do not.
 */
export const Fence = z.object({ number: z.number().int().nonnegative(), token: z.string() });
export type Fence = z.infer<typeof Fence>;
