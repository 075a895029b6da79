import { z } from 'zod';

/** UTC milliseconds since the epoch. The store and the wire know no other form of time. */
export const Timestamp = z.number().int().nonnegative();
/** A whole number of milliseconds. */
export const Milliseconds = z.number().int().nonnegative();
/** Lower-case hex sha256 of some content. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
/** uuidv7 made by whoever asks first; never used again. */
export const Id = z.string().min(1).max(64);
/** A name that people give: any Unicode, no control characters except none, not blank. */
export const Name = z
  .string()
  .trim()
  .min(1, 'A name is needed.')
  .max(200, 'A name has at most 200 characters.')
  .refine((value) => !/\p{Cc}/u.test(value), 'A name holds no control characters.');
/** How a person is called on this harness: the user of the operating system, or a colleague's name. */
export const PersonName = Name;
