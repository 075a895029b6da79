import { z } from 'zod';
import { ConsoleState } from '../model/console.ts';
import { Id, PersonName } from '../model/text.ts';

/** The name of the message by which a hub asks a harness for a console. Live only: nothing of it is in a log. */
export const CONSOLE_EVENT = 'console';
/** A question for more waits for news this long, in ms. */
export const CONSOLE_WAIT_MS = 5000;
/** Bytes of a console at most in one answer. */
export const CONSOLE_PIECE = 32 * 1024;

const Place = z.object({ recordingId: Id, offset: z.number().int().nonnegative() });

const Deed = z.discriminatedUnion('kind', [
  /** What came behind `place`; null = what is past, in short. Waits for news where there is none. */
  z.object({ kind: z.literal('read'), viewer: Id, place: Place.nullable() }),
  /** This viewer asks no more. */
  z.object({ kind: z.literal('leave'), viewer: Id }),
  z.object({ kind: z.literal('take'), confirmed: z.boolean() }),
  z.object({ kind: z.literal('giveBack') }),
  z.object({ kind: z.literal('write'), text: z.string().max(100_000) }),
]);

/** What somebody of the hub wants of the console of a machine. The harness decides each time anew whether they may. */
export const ConsoleAsk = z.object({ session: Id, person: PersonName, sutId: Id, deed: Deed });
export type ConsoleAsk = z.infer<typeof ConsoleAsk>;
export type ConsoleDeed = ConsoleAsk['deed'];

export const ConsoleAnswer = z.discriminatedUnion('kind', [
  /** `bytes` in base64; they begin behind the place that was asked for where something had to be left out. */
  z.object({
    kind: z.literal('piece'),
    console: ConsoleState,
    piece: Place.extend({ bytes: z.string().max(CONSOLE_PIECE * 2) }).nullable(),
  }),
  z.object({ kind: z.literal('done'), console: ConsoleState }),
  /** `code` of the list in src-shared/contract/errors.ts. */
  z.object({
    kind: z.literal('refused'),
    code: z.string().max(50),
    message: z.string().max(2000),
    reasons: z
      .array(z.object({ code: z.string().max(50), message: z.string().max(2000), subject: z.string().max(500).nullable() }))
      .max(100),
  }),
]);
export type ConsoleAnswer = z.infer<typeof ConsoleAnswer>;
