import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { FileChange, FileConflict, FileTextDifference, RevisionDifference } from '../../model/test-data-change.ts';
import { TestData, TestDataRevision } from '../../model/test-data.ts';
import { Id, Name, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';
import { ImportEvent } from './import-event.ts';

const tag = { tags: ['Test data'] };
const ById = z.object({ id: Id });
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

/** How test data change: from git, from a linked folder or repository, by editing; and what differs between revisions. */
export const testDataRevisions = {
  /**
   * From a repository, by the system's git: https, ssh or a path. `ref` is a branch or a tag, else what the repository gives by itself.
   * Needs no working folder; submodules and hooks are not touched. BAD_REQUEST says what to do when there is no git, no such
   * repository or ref, or when it asks for a name and password.
   */
  importGit: procedure
    .route({ method: 'POST', path: '/test-data/import-git', ...tag })
    .input(
      z.object({
        url: z.string().trim().min(1).max(2000),
        ref: z.string().trim().min(1).max(250).optional(),
        subfolder: z.string().trim().min(1).max(1024).optional(),
        name: Name.optional(),
        message: Message.optional(),
        /** Follow it: say when it has something newer. */
        link: z.boolean().default(false),
      }),
    )
    .output(eventIterator(ImportEvent)),
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
  /** Follows a folder on the harness's machine from now on, and looks at it at once. */
  linkFolder: procedure
    .route({ method: 'PUT', path: '/test-data/{id}/link', ...tag })
    .input(z.object({ id: Id, path: z.string().min(1) }))
    .output(TestData),
  unlink: procedure
    .route({ method: 'DELETE', path: '/test-data/{id}/link', ...tag })
    .input(ById)
    .output(TestData),
  /** Looks now. What cannot be reached is no error: `link.state` says it. */
  checkLink: procedure
    .route({ method: 'POST', path: '/test-data/{id}/link/check', ...tag })
    .input(ById)
    .output(TestData),
  /** Takes what is there as the newest revision. */
  takeNewRevision: procedure
    .route({ method: 'POST', path: '/test-data/{id}/link/take', ...tag })
    .input(z.object({ id: Id, message: Message.default('') }))
    .output(eventIterator(ImportEvent)),
};
