import { openContentStore, removeStale, type ContentStore } from '@atn/content-store';
import { imagesPart } from './api/images.ts';
import type { Part } from './api/part.ts';
import { Arrivals } from './services/images/arrivals.ts';
import { bootFilesOf } from './services/images/boot-files.ts';
import { RunImages } from './services/images/fetch-for-run.ts';
import { findNamedImage, verifiedImage, type ImageServices } from './services/images/image-services.ts';
import { importFile } from './services/images/import-image.ts';
import type { RemoteRunDeeds } from './services/hub/runs/remote-run-services.ts';
import { listImagesByContent } from './store/images.ts';
import { imageLabel } from '../src-shared/model/image.ts';
import type { Settings } from '../src-shared/model/system.ts';
import type { ProvisioningServices } from './services/provisioning/provisioning-services.ts';

interface Joined extends Omit<ImageServices, 'content' | 'settings'> {
  folder: string;
  settings: () => Settings;
}

/** The library of images and what arrives for it. */
export function joinImages({ folder, ...joined }: Joined): {
  part: Part<'images'>;
  content: ContentStore;
  forProvisioning: Pick<ProvisioningServices, 'images'>;
  forRemoteRuns: Pick<RemoteRunDeeds, 'findImage' | 'importImage'>;
  start: () => Promise<void>;
  close: () => Promise<void>;
} {
  const content = openContentStore(folder);
  removeStale(content).catch((error: unknown) =>
    joined.log.error('what an import of an image left half written could not be removed', error),
  );
  const services: ImageServices = { ...joined, content };
  const arrivals = new Arrivals(services);
  const runImages = new RunImages(services, arrivals);
  return {
    part: imagesPart({ services, arrivals }),
    content,
    forProvisioning: {
      images: {
        find: (name) => {
          const row = findNamedImage(services, name);
          return row && { name: imageLabel(row), sha256: row.sha256, size: row.size, kind: row.kind };
        },
        foresee: (source) => runImages.foresee(source),
        fetch: (image, options) => runImages.fetch(image, options),
        bootFiles: bootFilesOf,
        verified: (sha256, signal) => verifiedImage(services, sha256, signal),
      },
    },
    forRemoteRuns: {
      findImage: (sha256) => {
        const [row] = listImagesByContent(services.store, sha256);
        return row === undefined ? null : imageLabel(row);
      },
      importImage: async (image, caller) =>
        imageLabel((await importFile(services, { ...image, category: 'From the hub' }, { caller })).image),
    },
    start: () => arrivals.start(),
    close: () => arrivals.close(),
  };
}
