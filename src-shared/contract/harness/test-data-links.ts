import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { TestData } from '../../model/test-data.ts';
import { Id, Name } from '../../model/text.ts';
import { procedure } from '../base.ts';
import { ImportEvent } from './import-event.ts';

const tag = { tags: ['Test data'] };
const ById = z.object({ id: Id });
const Message = z.string().max(10_000);

/** Test data from git, and those that follow a folder or a repository. */
export const testDataLinks = {
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
