import { z } from 'zod';
import { Id, PersonName, Sha256, Timestamp } from './text.ts';

/**
 * What a person has typed into a file and not saved yet. One for each person and file. `base`: the revision it was begun on; `version`
 * grows by one at each change, whoever's window made it, so that a late write is noticed.
 */
export const Draft = z.object({
  testDataId: Id,
  path: z.string(),
  base: Sha256,
  by: PersonName,
  version: z.number().int().positive(),
  changedAt: Timestamp,
});
export type Draft = z.infer<typeof Draft>;

/** What is looked for in all files of a revision, drafts of the caller included. */
export const FindQuery = z.object({
  text: z.string().min(1).max(1000),
  regex: z.boolean().default(false),
  matchCase: z.boolean().default(false),
  wholeWord: z.boolean().default(false),
  /** Only files whose path has this in it, or matches it as a pattern with `*`; everything when empty. */
  files: z.string().max(500).default(''),
});
export type FindQuery = z.infer<typeof FindQuery>;

/** One line with what was found in it. `line` begins at 1, `from` and `to` are UTF-16 offsets in `text`, which is cut around long finds. */
export const FoundLine = z.object({ line: z.number().int(), text: z.string(), from: z.number().int(), to: z.number().int() });
export type FoundLine = z.infer<typeof FoundLine>;

export const FoundFile = z.object({ path: z.string(), draft: z.boolean(), lines: z.array(FoundLine) });
export type FoundFile = z.infer<typeof FoundFile>;
