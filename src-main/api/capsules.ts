import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { CapsuleServices } from '../services/capsules/capsule-services.ts';
import { exportCapsule } from '../services/capsules/export-capsule.ts';
import { importCapsule } from '../services/capsules/import-capsule.ts';
import { importUploadedCapsule } from '../services/capsules/import-upload.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function capsulesPart(services: CapsuleServices): Part<'capsules'> {
  const procedures = implement(harnessContract.capsules).$context<ApiContext>();
  return {
    export: procedures.export.handler(({ input, signal }) => progressFeed(signal, (options) => exportCapsule(services, input, options))),
    importPath: procedures.importPath.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => importCapsule(services, input.path, { ...options, caller: context.caller })),
    ),
    importUpload: procedures.importUpload.handler(({ input, context, signal }) =>
      importUploadedCapsule(services, { file: input.file, caller: context.caller, signal }),
    ),
  };
}
