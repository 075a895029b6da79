import { z } from 'zod';
import { Provider } from './sut-endpoint.ts';
import { Id, PersonName, Timestamp } from './text.ts';

/** Everything that a console said from its opening to its end; kept as bytes in a file, with the time of each piece. */
export const Recording = z.object({
  id: Id,
  sutId: Id,
  begin: Timestamp,
  /** Null while it goes on. */
  end: Timestamp.nullable(),
  /** Bytes. */
  size: z.number().int(),
});
export type Recording = z.infer<typeof Recording>;

export const ConsoleState = z.object({
  /** `waiting`: it was lost or could not be opened; `why` says so and it is tried again. */
  state: z.enum(['closed', 'opening', 'open', 'waiting']),
  why: z.string().nullable(),
  provider: Provider.nullable(),
  recording: Recording.nullable(),
  /** Who may type; everybody else reads. */
  writer: PersonName.nullable(),
  /** Who asked the writer for it. */
  askedBy: PersonName.nullable(),
  readers: z.number().int(),
});
export type ConsoleState = z.infer<typeof ConsoleState>;
