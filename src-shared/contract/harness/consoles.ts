import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ConsoleState, Recording } from '../../model/console.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Consoles'] };
const BySut = z.object({ sutId: Id });

export const ConsoleEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), console: ConsoleState }),
  /** Bytes of the recording from `offset` on, in base64. A new recording begins again at 0. */
  z.object({ type: z.literal('bytes'), recordingId: Id, offset: z.number().int(), bytes: z.string() }),
]);
export type ConsoleEvent = z.infer<typeof ConsoleEvent>;

export const consoles = {
  /**
   * Opens the console if it is not open, and reads it from the recording: from `offset` of `recordingId`, else at most the last 256 KiB. As long as
   * somebody reads, a lost console is opened again.
   */
  attach: procedure
    .route({ method: 'GET', path: '/consoles/{sutId}', ...tag })
    .input(BySut.extend({ recordingId: Id.optional(), offset: z.coerce.number().int().min(0).optional() }))
    .output(eventIterator(ConsoleEvent)),
  /** Refused with NOT_RESERVED unless the caller is the writer. */
  write: procedure
    .route({ method: 'POST', path: '/consoles/{sutId}/write', ...tag })
    .input(BySut.extend({ text: z.string().max(100_000) }))
    .output(z.object({ written: z.number().int() })),
  /**
   * Becomes the writer. While somebody else is, that person is asked and CONFLICT answered; with `confirmed` the holder and the maintainer take
   * it. Over a run or another's hold: CONFIRM_FIRST as for every deed.
   */
  takeWriter: procedure
    .route({ method: 'PUT', path: '/consoles/{sutId}/writer', ...tag })
    .input(BySut.extend({ confirmed: z.boolean().default(false) }))
    .output(ConsoleState),
  /** The writer gives it up, or hands it to whoever asked. */
  releaseWriter: procedure
    .route({ method: 'DELETE', path: '/consoles/{sutId}/writer', ...tag })
    .input(BySut)
    .output(ConsoleState),
  recordings: procedure
    .route({ method: 'GET', path: '/consoles/{sutId}/recordings', ...tag })
    .input(BySut)
    .output(z.array(Recording)),
  /** Bytes in base64 with the time at which the first of them came. */
  read: procedure
    .route({ method: 'GET', path: '/consoles/{sutId}/recordings/{recordingId}', ...tag })
    .input(BySut.extend({ recordingId: Id, offset: z.coerce.number().int().min(0), length: z.coerce.number().int().min(1).max(1_048_576) }))
    .output(z.object({ offset: z.number().int(), bytes: z.string(), at: z.number().nullable(), size: z.number().int() })),
  /** Lines with these words, newest recording first, whatever their case; terminal codes are left out. */
  search: procedure
    .route({ method: 'GET', path: '/consoles/{sutId}/search', ...tag })
    .input(BySut.extend({ text: z.string().min(1).max(200), limit: z.coerce.number().int().min(1).max(500).default(100) }))
    .output(
      z.object({
        hits: z.array(z.object({ recordingId: Id, offset: z.number().int(), at: z.number().nullable(), line: z.string() })),
        more: z.boolean(),
      }),
    ),
};
