import { contentPath, openContent, sizeOf, type ContentStore } from '@atn/content-store';
import { createHash } from 'node:crypto';
import type { Arrival, Image, ImageLibrary, ImageUser } from '../../../src-shared/model/image.ts';
import { imageKey, imageLabel, imageNamed } from '../../../src-shared/model/image.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';
import {
  findImage,
  imageBytes,
  listImages,
  listImagesByContent,
  listImageUses,
  listImagesOfReservations,
  noteImageUse,
  type ImageRow,
} from '../../store/images.ts';

export interface ImageServices {
  store: WritableStore;
  /** Images only; nothing else of the home lies there. */
  content: ContentStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  settings: () => { imageBudgetGb: number; imagesFromPrivateHosts: boolean };
  /** Bytes free on the disk of a folder; null where nobody can say. */
  freeBytes: (folder: string) => Promise<number | null>;
  /** Plans that name an image, by what they call it. */
  plans: () => { id: string; name: string; image: string | null }[];
}

const GB = 1e9;

/** What the keys of two images are compared by: letters are the same in both cases. */
export const labelKey = (image: { name: string; revision: string }): string => imageKey(imageLabel(image));

export async function readLibrary(services: ImageServices, arrivals: Arrival[]): Promise<ImageLibrary> {
  const { store, settings, freeBytes, content } = services;
  const shape = shaper(services);
  const images = listImages(store).map(shape);
  return { images, arrivals, used: imageBytes(store), budget: settings().imageBudgetGb * GB, diskFree: await freeBytes(content.folder) };
}

/** Throws NOT_FOUND. */
export function needImage(services: ImageServices, id: string): Image {
  return shaper(services)(needImageRow(services, id));
}

export function needImageRow({ store }: Pick<ImageServices, 'store'>, id: string): ImageRow {
  const row = findImage(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This image does not exist any more.');
  return row;
}

export function announceImages({ changes }: Pick<ImageServices, 'changes'>): void {
  changes.emit('images:changed', {});
}

export function findNamedImage({ store }: Pick<ImageServices, 'store'>, name: string): ImageRow | undefined {
  return imageNamed(listImages(store), name);
}

/**
 * Where the content of an image lies, hashed from its first byte to its last just now. Throws NOT_FOUND when it is gone, and CONFLICT when a
 * byte is another than was imported: such an image reaches no machine.
 */
export async function verifiedImage(services: ImageServices, sha256: string, signal: AbortSignal): Promise<string> {
  const { content, store, clock } = services;
  const [image] = listImagesByContent(store, sha256);
  const label = image === undefined ? 'This image' : `The image ${imageLabel(image)}`;
  if ((await sizeOf(content, sha256)) === null) throw new WorkbenchError('NOT_FOUND', `${label} is not on this harness. Import it again.`);
  const hash = createHash('sha256');
  const bytes: AsyncIterable<Buffer> = await openContent(content, sha256);
  for await (const chunk of bytes) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  if (hash.digest('hex') !== sha256)
    throw new WorkbenchError(
      'CONFLICT',
      `${label} was changed on the disk after it was imported, so no machine gets it. Remove it and import it again.`,
    );
  noteImageUse(store, sha256, clock.now());
  announceImages(services);
  return contentPath(content, sha256);
}

/** Makes images of rows; who uses them is read once. */
export function shaper(services: ImageServices): (row: ImageRow) => Image {
  const { store, plans } = services;
  const uses = listImageUses(store);
  const rows = listImages(store);
  const wanted = [
    ...plans().map((plan) => ({ ...plan, kind: 'plan' as const })),
    ...listImagesOfReservations(store).map((reservation) => ({ ...reservation, kind: 'reservation' as const })),
  ];
  const named = wanted.flatMap(({ image, ...user }) => {
    const row = image === null ? undefined : imageNamed(rows, image);
    return row === undefined ? [] : [{ rowId: row.id, user }];
  });
  return ({ id, name, revision, category, kind, sha256, size, description, origin, expected, pinned, addedAt, addedBy, usedAt }) => ({
    ...{ id, name, revision, category, kind, sha256, size, description, origin, expected, pinned, addedAt, addedBy, usedAt },
    usedBy: [
      ...named.filter(({ rowId }) => rowId === id).map(({ user }): ImageUser => user),
      ...uses.filter((use) => use.sha256 === sha256).map((use): ImageUser => ({ kind: use.kind, id: use.id, name: use.name })),
    ],
  });
}
