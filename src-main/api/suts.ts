import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { SutFeed } from '../../src-shared/contract/harness/suts.ts';
import type { ApiContext } from '../harness.ts';
import { exportSuts } from '../services/sut-files/export-suts.ts';
import { importSuts, previewSuts } from '../services/sut-files/import-suts.ts';
import { holdSut, releaseSut } from '../services/suts/hold-sut.ts';
import { removeSut } from '../services/suts/remove-sut.ts';
import { createSut, updateSut } from '../services/suts/save-sut.ts';
import { readAllSuts, readSut, readSuts, type SutServices } from '../services/suts/sut-services.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';
import { sutOperationsPart, type SutOperations } from './sut-operations.ts';

export function sutsPart(services: SutServices, operations: SutOperations): Part<'suts'> {
  const procedures = implement(harnessContract.suts).$context<ApiContext>();
  return {
    ...sutOperationsPart(operations),
    previewFile: procedures.previewFile.handler(({ input }) => previewSuts(services, input)),
    importFile: procedures.importFile.handler(({ input, context }) => importSuts(services, input, context.caller)),
    exportFile: procedures.exportFile.handler(({ input }) => exportSuts(services, input)),
    list: procedures.list.handler(() => readAllSuts(services)),
    get: procedures.get.handler(({ input }) => readSut(services, input.id)),
    create: procedures.create.handler(({ input, context }) => createSut(services, input, context.caller)),
    update: procedures.update.handler(({ input, context }) => updateSut(services, input, context.caller)),
    remove: procedures.remove.handler(({ input, context }) => {
      removeSut(services, input.id, context.caller);
      return { removed: true };
    }),
    hold: procedures.hold.handler(({ input, context }) => holdSut(services, input, context.caller)),
    release: procedures.release.handler(({ input, context }) => releaseSut(services, input.id, context.caller)),
    watch: procedures.watch.handler(({ signal }) => sutFeed(services, operations, signal)),
  };
}

/** All SUTs, then those that changed; which ids wait is all that a slow reader can pile up. */
function sutFeed(services: SutServices, { watch }: SutOperations, signal: AbortSignal | undefined) {
  let seq = 0;
  return coalescedFeed<{ ids: string[]; removed?: string[] }, Set<string>, SutFeed>({
    listen: (listener) => {
      const leaving = [watch.look(), services.changes.on('suts:changed', listener), services.changes.on('suts:observed', listener)];
      return () => leaving.forEach((leave) => leave());
    },
    first: () => ({ type: 'snapshot', seq, suts: readAllSuts(services) }),
    merge: (pending = new Set(), { ids, removed = [] }) => new Set([...pending, ...ids, ...removed]),
    take: (pending) => {
      const suts = readSuts(services, pending);
      const present = new Set(suts.map(({ id }) => id));
      seq += 1;
      return { type: 'changed', seq, suts, removed: [...pending].filter((id) => !present.has(id)) };
    },
    signal,
    pauseMs: 50,
  });
}
