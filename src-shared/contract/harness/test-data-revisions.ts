import { z } from 'zod';
import { FileChange, FileConflict, FileTextDifference, RevisionDifference } from '../../model/test-data-change.ts';
import { TestData, TestDataRevision } from '../../model/test-data.ts';
import { Id, Name, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Test data'] };
const ById = z.object({ id: Id });
/** Why, in the words of who saves. */
const Message = z.string().max(10_000);

/**
 * `saved`: the newest revision is this one now; `merged` names what others had changed meanwhile and is in it as well; `unchanged` when
 * it has exactly the content that the newest had. `conflict`: nothing was saved, both sides of each file that two people changed.
 */
export const SaveResult = z.discriminatedUnion('type', [
  z.object({ type: z.literal('saved'), revision: TestDataRevision, merged: z.array(z.string()), unchanged: z.boolean() }),
  z.object({ type: z.literal('conflict'), newest: TestDataRevision, files: z.array(FileConflict) }),
]);
export type SaveResult = z.infer<typeof SaveResult>;

/** How test data change by editing, and what differs between revisions. */
export const testDataRevisions = {
  /** `base` is what the person had before her eyes. Where the newest has moved on, changes to other files are put together. */
  saveRevision: procedure
    .route({ method: 'POST', path: '/test-data/{id}/revisions', ...tag })
    .input(z.object({ id: Id, base: Sha256, changes: z.array(FileChange).min(1).max(10_000), message: Message.default('') }))
    .output(SaveResult),
  /** Which files differ. Without `from`: against the revision that it was made from is up to the caller; null = against nothing. */
  diff: procedure
    .route({ method: 'GET', path: '/revisions/{to}/diff', ...tag })
    .input(z.object({ from: Sha256.optional(), to: Sha256 }))
    .output(RevisionDifference),
  /** What differs in one file. A side without path has no such file. */
  diffFile: procedure
    .route({ method: 'GET', path: '/revisions/{to}/diff/file', ...tag })
    .input(z.object({ from: Sha256.optional(), to: Sha256, oldPath: z.string().optional(), path: z.string().optional() }))
    .output(FileTextDifference),
  /** The content of an older revision becomes the newest one; nothing is taken away. */
  restoreRevision: procedure
    .route({ method: 'POST', path: '/test-data/{id}/restore', ...tag })
    .input(z.object({ id: Id, number: z.number().int().positive(), message: Message.default('') }))
    .output(TestData),
  /** New test data with the content of a revision (the newest when left out), under the root suite's name and the author it has. CONFLICT when the name is taken. */
  copy: procedure
    .route({ method: 'POST', path: '/test-data/{id}/copy', ...tag })
    .input(z.object({ id: Id, name: Name, number: z.number().int().positive().optional() }))
    .output(TestData),
  archive: procedure
    .route({ method: 'PUT', path: '/test-data/{id}/archive', ...tag })
    .input(ById)
    .output(TestData),
  unarchive: procedure
    .route({ method: 'DELETE', path: '/test-data/{id}/archive', ...tag })
    .input(ById)
    .output(TestData),
};
