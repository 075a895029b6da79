import { implement } from '@orpc/server';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { CapsuleServices } from '../services/capsules/capsule-services.ts';
import { exportCapsule } from '../services/capsules/export-capsule.ts';
import { importCapsule } from '../services/capsules/import-capsule.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function capsulesPart(services: CapsuleServices): Part<'capsules'> {
  const procedures = implement(harnessContract.capsules).$context<ApiContext>();
  return {
    export: procedures.export.handler(({ input, signal }) => progressFeed(signal, (options) => exportCapsule(services, input, options))),
    importPath: procedures.importPath.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => importCapsule(services, input.path, { ...options, caller: context.caller })),
    ),
    importUpload: procedures.importUpload.handler(async ({ input, context, signal = new AbortController().signal }) => {
      const folder = await mkdtemp(join(services.scratch, 'upload-'));
      try {
        const path = join(folder, 'capsule.zip');
        const stream = Readable.fromWeb(input.file.stream());
        await pipeline(stream, createWriteStream(path), { signal });
        return await importCapsule(services, path, { caller: context.caller, signal, onProgress: () => undefined });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
  };
}
