import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ImportUse, LibraryDocumentation, LibraryRef, TestLibrary } from '../../model/library.ts';
import { Progress } from '../../model/system.ts';
import { Id, Name, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Libraries'] };
const ById = z.object({ id: Id });

/** `unchanged`: the library already had exactly this. */
const added = { library: TestLibrary, versionId: Id, unchanged: z.boolean() };

/** Adding may fetch and build: it says how far it is, and ends with the library. Leaving the stream cancels it; nothing half is kept. */
export const AddLibraryEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: Progress }),
  z.object({ type: z.literal('done'), ...added }),
]);
export type AddLibraryEvent = z.infer<typeof AddLibraryEvent>;

/**
 * What to add. A distribution that is there already gets a new version. `requirement`: one line as pip takes it, without options, URL or
 * path. `path`: a wheel, a source distribution or a folder on the harness's machine (a folder with pyproject.toml or setup.py is built as
 * a package, any other is a folder of modules). `git`: fetched by the system's git, at a branch or tag.
 */
export const LibrarySpec = z.discriminatedUnion('from', [
  z.object({ from: z.literal('requirement'), requirement: z.string().trim().min(1).max(500) }),
  z.object({ from: z.literal('path'), path: z.string().min(1), name: Name.optional() }),
  z.object({ from: z.literal('git'), url: z.string().min(1).max(2000), ref: z.string().min(1).max(200).optional() }),
]);
export type LibrarySpec = z.infer<typeof LibrarySpec>;

export const libraries = {
  list: procedure.route({ method: 'GET', path: '/libraries', ...tag }).output(z.array(TestLibrary)),
  get: procedure
    .route({ method: 'GET', path: '/libraries/{id}', ...tag })
    .input(ById)
    .output(TestLibrary),
  /** Throws BAD_REQUEST, ARCHIVE_REFUSED, ENVIRONMENT_FAILED (it does not build, with the reason), INDEX_UNREACHABLE, CANCELLED. */
  add: procedure
    .route({ method: 'POST', path: '/libraries', ...tag })
    .input(LibrarySpec)
    .output(eventIterator(AddLibraryEvent)),
  /** A wheel or source distribution from somewhere else, for instance dropped into the window. */
  addUpload: procedure
    .route({ method: 'POST', path: '/libraries/upload', ...tag })
    .input(z.object({ file: z.file() }))
    .output(z.object(added)),
  /** Refused with CONFLICT, naming them, while test data or plans use it. */
  remove: procedure
    .route({ method: 'DELETE', path: '/libraries/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** The same for one version; the last one goes with `remove`. */
  removeVersion: procedure
    .route({ method: 'DELETE', path: '/libraries/{id}/versions/{versionId}', ...tag })
    .input(z.object({ id: Id, versionId: Id }))
    .output(TestLibrary),
  /**
   * What libdoc says of an import name (`Browser`, `Collections`, `mylib.net`) in the environment of the library named by `libraryId`, of
   * the test data's set, or of Robot alone. Builds that environment when it is not there, so the first time may be long.
   */
  keywords: procedure
    .route({ method: 'GET', path: '/keyword-documentation', ...tag })
    .input(z.object({ name: z.string().min(1).max(500), libraryId: Id.optional(), testDataId: Id.optional() }))
    .output(LibraryDocumentation),
  /** The set of test data: what their runs use unless a plan says otherwise. */
  attached: procedure
    .route({ method: 'GET', path: '/test-data/{testDataId}/libraries', ...tag })
    .input(z.object({ testDataId: Id }))
    .output(z.array(LibraryRef)),
  /** Attached again with another version: that one from now on. `versionId` left out: always the newest. */
  attach: procedure
    .route({ method: 'PUT', path: '/test-data/{testDataId}/libraries/{libraryId}', ...tag })
    .input(z.object({ testDataId: Id, libraryId: Id, versionId: Id.nullable().default(null) }))
    .output(z.array(LibraryRef)),
  detach: procedure
    .route({ method: 'DELETE', path: '/test-data/{testDataId}/libraries/{libraryId}', ...tag })
    .input(z.object({ testDataId: Id, libraryId: Id }))
    .output(z.array(LibraryRef)),
  /** What the suites of a revision import, missing ones first. Held against `libraries`, else against the set of the test data. */
  recognise: procedure
    .route({ method: 'POST', path: '/revisions/{revision}/imports', ...tag })
    .input(z.object({ revision: Sha256, testDataId: Id.optional(), libraries: z.array(LibraryRef).optional() }))
    .output(z.array(ImportUse)),
  /** Sends the whole list at each change: there are few. */
  watch: procedure.route({ method: 'GET', path: '/libraries/watch', ...tag }).output(eventIterator(z.array(TestLibrary))),
};
