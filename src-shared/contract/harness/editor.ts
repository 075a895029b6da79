import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Draft, FindQuery, FoundFile } from '../../model/editor.ts';
import { Id, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Editor'] };
const InFile = z.object({ id: Id, path: z.string().min(1).max(4096) });

/**
 * `saved`: it is on the disk. `other`: another window of the same person has changed the draft since version `expected`; nothing was
 * written, and this is what it says now (null: it was saved or thrown away).
 */
export const DraftResult = z.discriminatedUnion('type', [
  z.object({ type: z.literal('saved'), draft: Draft }),
  z.object({ type: z.literal('other'), draft: Draft.nullable(), text: z.string().nullable() }),
]);
export type DraftResult = z.infer<typeof DraftResult>;

/** `searched`, `of`: files. `cut`: there is more than is told, for the reason given. */
export const FindEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('found'), files: z.array(FoundFile), searched: z.number().int(), of: z.number().int() }),
  z.object({ type: z.literal('done'), lines: z.number().int(), files: z.number().int(), cut: z.string().nullable() }),
]);
export type FindEvent = z.infer<typeof FindEvent>;

/** What an editor needs besides revisions: texts that are not saved yet, and a look through all files. Drafts are the caller's own. */
export const editor = {
  /** The caller's drafts, newest first; those of one set of test data, or all. */
  drafts: procedure
    .route({ method: 'GET', path: '/drafts', ...tag })
    .input(z.object({ id: Id.optional() }))
    .output(z.array(Draft)),
  /** NOT_FOUND when there is none. */
  draft: procedure
    .route({ method: 'GET', path: '/test-data/{id}/draft', ...tag })
    .input(InFile)
    .output(z.object({ draft: Draft, text: z.string() })),
  /** Answers when it is durable. `expected`: the version that was changed, null for a new draft. */
  saveDraft: procedure
    .route({ method: 'PUT', path: '/test-data/{id}/draft', ...tag })
    .input(InFile.extend({ base: Sha256, text: z.string().max(10_000_000), expected: z.number().int().nullable() }))
    .output(DraftResult),
  /** Throws drafts away, for instance because they were saved. With `version`, only while it still is that one. */
  discardDraft: procedure
    .route({ method: 'DELETE', path: '/test-data/{id}/draft', ...tag })
    .input(InFile.extend({ version: z.coerce.number().int().optional() }))
    .output(z.object({ discarded: z.boolean() })),
  /** Looks through all text files of a revision; BAD_REQUEST for a broken pattern. A pattern that takes too long ends with `cut`. */
  find: procedure
    .route({ method: 'POST', path: '/test-data/{id}/find', ...tag })
    .input(FindQuery.extend({ id: Id, revision: Sha256.optional() }))
    .output(eventIterator(FindEvent)),
};
