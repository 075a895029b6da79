import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { TestLibrary } from '../../src-shared/model/library.ts';
import type { ApiContext } from '../harness.ts';
import { addLibrary } from '../services/libraries/add-library.ts';
import { addUpload } from '../services/libraries/add-upload.ts';
import { attachLibrary, detachLibrary, readAttached, removeLibrary, removeLibraryVersion } from '../services/libraries/attach-library.ts';
import { documentKeywords } from '../services/libraries/document-keywords.ts';
import { needLibrary, readLibraries, type LibraryServices } from '../services/libraries/library-services.ts';
import { recogniseImports } from '../services/libraries/recognise-imports.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function librariesPart(services: LibraryServices): Part<'libraries'> {
  const procedures = implement(harnessContract.libraries).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => readLibraries(services)),
    get: procedures.get.handler(({ input }) => needLibrary(services, input.id)),
    add: procedures.add.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => addLibrary(services, input, { ...options, caller: context.caller })),
    ),
    addUpload: procedures.addUpload.handler(({ input, context, signal }) =>
      addUpload(services, input.file, { caller: context.caller, signal }),
    ),
    remove: procedures.remove.handler(({ input }) => {
      removeLibrary(services, input.id);
      return { removed: true };
    }),
    removeVersion: procedures.removeVersion.handler(({ input }) => removeLibraryVersion(services, input)),
    keywords: procedures.keywords.handler(({ input, signal }) => documentKeywords(services, input, { signal })),
    attached: procedures.attached.handler(({ input }) => readAttached(services, input.testDataId)),
    attach: procedures.attach.handler(({ input }) => attachLibrary(services, input)),
    detach: procedures.detach.handler(({ input }) => detachLibrary(services, input)),
    recognise: procedures.recognise.handler(({ input }) => recogniseImports(services, input)),
    watch: procedures.watch.handler(({ signal }) => libraryFeed(services, signal)),
  };
}

function libraryFeed(services: LibraryServices, signal: AbortSignal | undefined) {
  const { changes } = services;
  return coalescedFeed<true, true, TestLibrary[]>({
    listen: (listener) => {
      const stops = (['libraries:changed', 'testData:changed'] as const).map((name) => changes.on(name, () => listener(true)));
      return () => stops.forEach((stop) => stop());
    },
    first: () => readLibraries(services),
    merge: () => true,
    take: () => readLibraries(services),
    signal,
    pauseMs: 50,
  });
}
