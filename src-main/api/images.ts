import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ImageLibrary } from '../../src-shared/model/image.ts';
import type { ApiContext } from '../harness.ts';
import type { Arrivals } from '../services/images/arrivals.ts';
import { cleanImages, previewCleaning, removeImage, updateImage } from '../services/images/clean-images.ts';
import { needImage, readLibrary, type ImageServices } from '../services/images/image-services.ts';
import { importFile, importUpload } from '../services/images/import-image.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export interface ImageJoin {
  services: ImageServices;
  arrivals: Arrivals;
}

export function imagesPart({ services, arrivals }: ImageJoin): Part<'images'> {
  const procedures = implement(harnessContract.images).$context<ApiContext>();
  const library = async (): Promise<ImageLibrary> => readLibrary(services, await arrivals.list());
  const removed = { removed: true } as const;
  return {
    list: procedures.list.handler(library),
    get: procedures.get.handler(({ input }) => needImage(services, input.id)),
    importFile: procedures.importFile.handler(({ input, context, signal }) =>
      progressFeed(signal, (options) => importFile(services, input, { ...options, caller: context.caller })),
    ),
    upload: procedures.upload.handler(({ input, context, signal }) => importUpload(services, input, { caller: context.caller, signal })),
    fetch: procedures.fetch.handler(({ input, context }) => arrivals.fetch(input, context.caller)),
    pause: procedures.pause.handler(({ input }) => arrivals.pause(input.id)),
    resume: procedures.resume.handler(({ input }) => arrivals.resume(input.id)),
    cancel: procedures.cancel.handler(async ({ input }) => {
      await arrivals.cancel(input.id);
      return removed;
    }),
    update: procedures.update.handler(({ input: { id, ...changes } }) => updateImage(services, id, changes)),
    remove: procedures.remove.handler(async ({ input }) => {
      await removeImage(services, input.id);
      return removed;
    }),
    previewCleaning: procedures.previewCleaning.handler(({ input }) => previewCleaning(services, input.days)),
    clean: procedures.clean.handler(({ input }) => cleanImages(services, input.ids)),
    watch: procedures.watch.handler(({ signal }) =>
      coalescedFeed<true, true, ImageLibrary>({
        listen: (listener) => {
          const names = ['images:changed', 'plans:changed', 'runs:changed', 'system:changed'] as const;
          const stops = names.map((name) => services.changes.on(name, () => listener(true)));
          return () => stops.forEach((stop) => stop());
        },
        first: library,
        merge: () => true,
        take: library,
        signal,
        pauseMs: 250,
      }),
    ),
  };
}
