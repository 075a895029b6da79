import { contentPath, put, remove } from '@atn/content-store';
import { createReadStream } from 'node:fs';
import type { ImageWords } from '../../../src-shared/contract/harness/images.ts';
import { imageLabel, type Image } from '../../../src-shared/model/image.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { findImageByLabel, imageBytes, listImagesByContent, saveImage, type ImageRow } from '../../store/images.ts';
import type { Caller } from '../caller.ts';
import { contentProblem } from '../test-data/content-problem.ts';
import { describeFile } from './describe/describe-image.ts';
import { announceImages, labelKey, needImage, type ImageServices } from './image-services.ts';

export interface KeepOptions {
  caller: Caller;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface KeptImage {
  image: Image;
  /** Exactly this image was there already. */
  unchanged: boolean;
}

/** An image on its way in: its bytes, and what is known of it before they have come. */
export interface Coming {
  words: ImageWords;
  fileName: string;
  origin: string;
  /** Bytes; null where nobody can say beforehand. */
  size: number | null;
  bytes: AsyncIterable<Uint8Array> | string;
}

const PROGRESS_EVERY = 16 * 1024 * 1024;
/** What is left free on the disk, for everything else in the home. */
const SPARE_BYTES = 512 * 1024 * 1024;
const GB = 1e9;

/**
 * Takes an image in: its bytes are hashed on the way to the disk, compared with what was expected, and only then it gets a name. Throws BAD_REQUEST (another
 * sha256), CONFLICT (name and revision are taken by another content), DISK_FULL, CANCELLED; nothing is left of what was refused.
 */
export async function keepImage(services: ImageServices, coming: Coming, options: KeepOptions): Promise<KeptImage> {
  const { content, clock } = services;
  const named = { name: coming.words.name ?? nameFrom(coming.fileName), revision: coming.words.revision };
  const { sha256: expected } = coming.words;
  const taken = findImageByLabel(services.store, labelKey(named));
  if (taken !== undefined && expected !== undefined && taken.sha256 === expected)
    return { image: needImage(services, taken.id), unchanged: true };
  if (taken !== undefined && expected !== undefined) throw nameTaken(named);
  await needRoom(services, coming.size);
  try {
    const stored = await put(
      content,
      counted(coming, options, () => clock.now()),
      {
        ...(expected === undefined ? {} : { expected }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
    );
    return await nameIt(services, { ...coming, named }, { ...stored, caller: options.caller });
  } catch (error) {
    throw imageProblem(error, coming.fileName);
  }
}

interface Stored {
  sha256: string;
  size: number;
  caller: Caller;
}

async function nameIt(
  services: ImageServices,
  { words, origin, named }: Coming & { named: { name: string; revision: string } },
  { sha256, size, caller }: Stored,
): Promise<KeptImage> {
  const { store, clock, content } = services;
  const taken = findImageByLabel(store, labelKey(named));
  if (taken?.sha256 === sha256) return { image: needImage(services, taken.id), unchanged: true };
  if (taken !== undefined) {
    if (listImagesByContent(store, sha256).length === 0) await remove(content, sha256);
    throw nameTaken(named);
  }
  const { kind, description } = await describeFile(contentPath(content, sha256));
  const image: ImageRow = {
    ...{ ...named, id: newId(clock.now()), labelKey: labelKey(named), category: words.category, kind, sha256, size, description, origin },
    ...{ expected: words.sha256 !== undefined, pinned: false, addedAt: clock.now(), addedBy: caller.user, usedAt: null },
  };
  saveImage(store, image);
  announceImages(services);
  return { image: needImage(services, image.id), unchanged: false };
}

function nameTaken(named: { name: string; revision: string }): WorkbenchError {
  const label = imageLabel(named);
  return new WorkbenchError('CONFLICT', `There is another image called ${label} already. Give this one another name or a revision.`);
}

/** Throws DISK_FULL before a byte is fetched that would not fit. */
export async function needRoom({ store, content, settings, freeBytes }: ImageServices, size: number | null): Promise<void> {
  const wanted = size ?? 0;
  const budget = settings().imageBudgetGb * GB;
  const used = imageBytes(store);
  if (used + wanted > budget)
    throw new WorkbenchError(
      'DISK_FULL',
      `Images may take ${gigabytes(budget)} on this disk and take ${gigabytes(used)}; this one has ${gigabytes(wanted)}. Remove some, or allow more in the settings.`,
    );
  const free = await freeBytes(content.folder);
  if (free !== null && free - wanted < SPARE_BYTES)
    throw new WorkbenchError(
      'DISK_FULL',
      `The disk of the home has ${gigabytes(free)} free; this image has ${gigabytes(wanted)}. Free some space first.`,
    );
}

const gigabytes = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`;

/** The name of a file without its ending. */
export function nameFrom(fileName: string): string {
  const bare = fileName
    .replace(/\.(?:iso|img|raw|qcow2|bin)$/iu, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim();
  return bare.slice(0, 200) || 'image';
}

async function* counted({ bytes, size }: Coming, { onProgress }: KeepOptions, now: () => number): AsyncGenerator<Uint8Array, void, void> {
  const source = typeof bytes === 'string' ? createReadStream(bytes, { highWaterMark: 1 << 20 }) : bytes;
  let done = 0;
  let told = 0;
  const tell = () => onProgress?.({ step: 'Copying and hashing', done, total: size, unit: 'bytes', at: now() });
  tell();
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    yield chunk;
    done += chunk.byteLength;
    if (done - told < PROGRESS_EVERY) continue;
    told = done;
    tell();
  }
}

/** What the content store says of an image, as a sentence. */
function imageProblem(error: unknown, fileName: string): WorkbenchError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'mismatch' && error instanceof Error)
    return new WorkbenchError(
      'BAD_REQUEST',
      `${fileName} is not the image that was expected, so it was not kept. Fetch it again from its maker.`,
      {
        details: [error.message],
        cause: error,
      },
    );
  if (error instanceof Error && error.name === 'AbortError')
    return new WorkbenchError('CANCELLED', 'The import was cancelled; nothing of it was kept.', { cause: error });
  return contentProblem(error);
}
