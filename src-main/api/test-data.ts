import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { TestData } from '../../src-shared/model/test-data.ts';
import type { ApiContext } from '../harness.ts';
import { removeTestData, renameTestData, setArchived } from '../services/test-data/change-test-data.ts';
import { cleanContent } from '../services/test-data/clean-content.ts';
import { copyTestData, restoreRevision } from '../services/test-data/copy-test-data.ts';
import type { TestDataLinks } from '../services/test-data/follow-links.ts';
import { discoverRevision } from '../services/test-data/discover-revision.ts';
import { importSample } from '../services/test-data/import-sample.ts';
import { importUpload } from '../services/test-data/import-upload.ts';
import { listRevisionFiles, readRevisionFile } from '../services/test-data/read-revision.ts';
import { saveRevision } from '../services/test-data/save-revision.ts';
import { compareFile, compareRevisions } from '../services/test-data/show-difference.ts';
import { readAllTestData, readHistory, type TestDataServices } from '../services/test-data/test-data-services.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function testDataPart(services: TestDataServices, links: TestDataLinks): Part<'testData'> {
  const procedures = implement(harnessContract.testData).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => readAllTestData(services)),
    get: procedures.get.handler(({ input }) => readHistory(services, input.id)),
    importPath: procedures.importPath.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => links.importPath({ ...input, ...options, caller: context.caller })),
    ),
    importUpload: procedures.importUpload.handler(({ input, context, signal }) =>
      importUpload(services, { ...input, caller: context.caller, signal }),
    ),
    importSample: procedures.importSample.handler(({ context, signal }) => importSample(services, { caller: context.caller, signal })),
    discover: procedures.discover.handler(({ input, signal }) => discoverRevision(services, { ...input, signal })),
    files: procedures.files.handler(({ input }) => listRevisionFiles(services.content, input.revision)),
    file: procedures.file.handler(({ input }) => readRevisionFile(services.content, input)),
    rename: procedures.rename.handler(({ input }) => renameTestData(services, input)),
    remove: procedures.remove.handler(({ input }) => {
      removeTestData(services, input.id);
      cleanContent(services).catch((error: unknown) => services.log.error('content of removed test data could not be cleaned', error));
      return { removed: true };
    }),
    saveRevision: procedures.saveRevision.handler(({ input, context }) => saveRevision(services, { ...input, caller: context.caller })),
    diff: procedures.diff.handler(({ input }) => compareRevisions(services.content, input)),
    diffFile: procedures.diffFile.handler(({ input }) => compareFile(services.content, input)),
    restoreRevision: procedures.restoreRevision.handler(({ input, context }) =>
      restoreRevision(services, { ...input, caller: context.caller }),
    ),
    copy: procedures.copy.handler(({ input, context }) => copyTestData(services, { ...input, caller: context.caller })),
    archive: procedures.archive.handler(({ input }) => setArchived(services, { ...input, archived: true })),
    unarchive: procedures.unarchive.handler(({ input }) => setArchived(services, { ...input, archived: false })),
    importGit: procedures.importGit.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => links.importGit({ ...input, ...options, caller: context.caller })),
    ),
    linkFolder: procedures.linkFolder.handler(({ input }) => links.linkFolder(input)),
    unlink: procedures.unlink.handler(({ input }) => links.unlink(input.id)),
    checkLink: procedures.checkLink.handler(({ input }) => links.check(input.id)),
    takeNewRevision: procedures.takeNewRevision.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => links.take({ ...input, ...options, caller: context.caller })),
    ),
    watch: procedures.watch.handler(({ signal }) => testDataFeed(services, signal)),
  };
}

function testDataFeed(services: TestDataServices, signal: AbortSignal | undefined) {
  return coalescedFeed<true, true, TestData[]>({
    listen: (listener) => services.changes.on('testData:changed', () => listener(true)),
    first: () => readAllTestData(services),
    merge: () => true,
    take: () => readAllTestData(services),
    signal,
    pauseMs: 50,
  });
}
