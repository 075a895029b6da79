import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import { importResults } from '../services/interchange/import-results.ts';
import { importUploadedResults } from '../services/interchange/import-upload.ts';
import type { InterchangeServices } from '../services/interchange/interchange-services.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function interchangePart(services: InterchangeServices): Part<'interchange'> {
  const procedures = implement(harnessContract.interchange).$context<ApiContext>();
  return {
    importResults: procedures.importResults.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => importResults(services, input.path, { ...options, caller: context.caller })),
    ),
    uploadResults: procedures.uploadResults.handler(({ input, context, signal }) =>
      importUploadedResults(services, { file: input.file, caller: context.caller, signal }),
    ),
  };
}
