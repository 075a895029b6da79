import { remove } from '@atn/content-store';
import type { ImageCleaning } from '../../../src-shared/contract/harness/images.ts';
import { imageLabel, sayImageUser, type Image } from '../../../src-shared/model/image.ts';
import { WorkbenchError } from '../../errors.ts';
import { deleteImage, findImageByLabel, listImages, listImagesByContent, saveImage } from '../../store/images.ts';
import { announceImages, labelKey, needImage, needImageRow, shaper, type ImageServices } from './image-services.ts';

const DAY_MS = 86_400_000;

export interface ImageChanges {
  name?: string | undefined;
  revision?: string | undefined;
  category?: string | undefined;
  pinned?: boolean | undefined;
}

/** Throws NOT_FOUND, and CONFLICT when another image has this name and revision. */
export function updateImage(services: ImageServices, id: string, changes: ImageChanges): Image {
  const row = needImageRow(services, id);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const next = { ...row, ...given };
  const key = labelKey(next);
  const taken = findImageByLabel(services.store, key);
  if (taken !== undefined && taken.id !== id)
    throw new WorkbenchError('CONFLICT', `There is an image called ${imageLabel(next)} already. Choose another name or revision.`);
  saveImage(services.store, { ...next, labelKey: key });
  announceImages(services);
  return needImage(services, id);
}

/** Throws NOT_FOUND, and CONFLICT, naming them, while plans or runs need it. */
export async function removeImage(services: ImageServices, id: string): Promise<void> {
  const image = needImage(services, id);
  const needing = image.usedBy.filter(({ kind }) => kind !== 'sut');
  if (needing.length > 0) {
    const names = needing.map(sayImageUser).join(', ');
    throw new WorkbenchError('CONFLICT', `${imageLabel(image)} is needed by ${names}. Change them first.`);
  }
  await drop(services, image);
  announceImages(services);
}

/** What may go: nobody needs it, it is not pinned, and nobody has used it for so many days. What a SUT has installed may go, too: its hash stays known. */
export function previewCleaning(services: ImageServices, days: number): ImageCleaning {
  const before = services.clock.now() - days * DAY_MS;
  const judged = listImages(services.store)
    .map(shaper(services))
    .map((image) => ({ image, kept: whyKept(image, before) }));
  const lineOf = (image: Image, why: string) => ({ id: image.id, name: imageLabel(image), size: image.size, why });
  const going = judged.filter(({ kept }) => kept === null).map(({ image }) => image);
  const staying = judged.flatMap(({ image, kept }) => (kept === null ? [] : [{ image, why: kept }]));
  return {
    removes: going.map((image) => lineOf(image, image.usedAt === null ? 'never used' : 'not used for a while')),
    keeps: staying.map(({ image, why }) => lineOf(image, why)),
    freed: freedBy(
      going,
      staying.map(({ image }) => image),
    ),
  };
}

/** Removes exactly what was shown, each only when it may still go. */
export async function cleanImages(services: ImageServices, ids: readonly string[]): Promise<ImageCleaning> {
  const { removes, keeps } = previewCleaning(services, 0);
  const going = removes.filter(({ id }) => ids.includes(id));
  const images = going.map(({ id }) => needImage(services, id));
  for (const image of images) await drop(services, image);
  announceImages(services);
  return { removes: going, keeps: keeps.filter(({ id }) => ids.includes(id)), freed: freedBy(images, listImages(services.store)) };
}

function whyKept(image: Image, before: number): string | null {
  const [user] = image.usedBy.filter(({ kind }) => kind !== 'sut');
  if (user !== undefined) return `${sayImageUser(user)} needs it`;
  if (image.pinned) return 'pinned';
  return (image.usedAt ?? image.addedAt) > before ? 'used lately' : null;
}

/** Two names of one content free it only together. */
function freedBy(going: readonly Image[], staying: readonly { sha256: string }[]): number {
  const kept = new Set(staying.map(({ sha256 }) => sha256));
  const sizes = new Map(going.filter(({ sha256 }) => !kept.has(sha256)).map(({ sha256, size }) => [sha256, size]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

async function drop({ store, content }: ImageServices, { id, sha256 }: Image): Promise<void> {
  deleteImage(store, id);
  if (listImagesByContent(store, sha256).length === 0) await remove(content, sha256);
}
