import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Discovery, RevisionFile, TestData, TestDataRevision } from '../../model/test-data.ts';
import { Id, Name, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';
import { imported, ImportEvent } from './import-event.ts';
import { testDataLinks } from './test-data-links.ts';
import { testDataRevisions } from './test-data-revisions.ts';

const tag = { tags: ['Test data'] };

export const testData = {
  ...testDataRevisions,
  ...testDataLinks,
  list: procedure.route({ method: 'GET', path: '/test-data', ...tag }).output(z.array(TestData)),
  get: procedure
    .route({ method: 'GET', path: '/test-data/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.object({ testData: TestData, revisions: z.array(TestDataRevision) })),
  /** A folder, a .robot file or a zip on the harness's machine. The same name again makes a new revision. Archived ones come back. */
  importPath: procedure
    .route({ method: 'POST', path: '/test-data/import', ...tag })
    .input(
      z.object({
        path: z.string().min(1),
        name: Name.optional(),
        message: z.string().max(10_000).optional(),
        /** Folders only: follow it, and say when it has something newer. */
        link: z.boolean().default(false),
      }),
    )
    .output(eventIterator(ImportEvent)),
  /** A zip or a .robot file from somewhere else, for instance dropped into the browser. */
  importUpload: procedure
    .route({ method: 'POST', path: '/test-data/upload', ...tag })
    .input(z.object({ file: z.file(), name: Name.optional() }))
    .output(z.object(imported)),
  /** The sample that comes with the workbench. */
  importSample: procedure.route({ method: 'POST', path: '/test-data/sample', ...tag }).output(TestData),
  /** Names begin with the root suite of `testDataId`; without it, of the test data that had this revision first. */
  discover: procedure
    .route({ method: 'GET', path: '/revisions/{revision}/suites', ...tag })
    .input(z.object({ revision: Sha256, testDataId: Id.optional() }))
    .output(Discovery),
  files: procedure
    .route({ method: 'GET', path: '/revisions/{revision}/files', ...tag })
    .input(z.object({ revision: Sha256 }))
    .output(z.array(RevisionFile)),
  /** Text of one file, cut at 2 MB; `binary` when it is not UTF-8. */
  file: procedure
    .route({ method: 'GET', path: '/revisions/{revision}/file', ...tag })
    .input(z.object({ revision: Sha256, path: z.string() }))
    .output(z.object({ path: z.string(), text: z.string(), size: z.number().int(), cut: z.boolean(), binary: z.boolean() })),
  rename: procedure
    .route({ method: 'PATCH', path: '/test-data/{id}', ...tag })
    .input(z.object({ id: Id, name: Name }))
    .output(TestData),
  /** Refused with CONFLICT while runs or plans refer to it; the reasons name each (code `run` or `plan`, its id as subject). */
  remove: procedure
    .route({ method: 'DELETE', path: '/test-data/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.object({ removed: z.literal(true) })),
  /** Sends the whole list at each change: there are few. */
  watch: procedure.route({ method: 'GET', path: '/test-data/watch', ...tag }).output(eventIterator(z.array(TestData))),
};
