import { z } from 'zod';
import { Id, Name, PersonName, Sha256, Timestamp } from './text.ts';

/** `iso`: an optical disc, hybrid ones included. `disk`: a raw or qcow2 disk. `boot`: a kernel with its initial RAM disks. `other`: nothing that is known; it can be kept and served all the same. */
export const ImageKind = z.enum(['iso', 'disk', 'boot', 'other']);
export type ImageKind = z.infer<typeof ImageKind>;

/** What its own bytes say. Texts come from strangers. */
export const ImageDescription = z.object({
  /** ISO 9660 volume identifier. */
  volumeId: z.string().nullable(),
  /** Who or what made it, in its own words: application, else publisher. */
  madeBy: z.string().nullable(),
  /** As the image says it; null where it says none that can be read. */
  madeAt: Timestamp.nullable(),
  /** Firmware that finds something to start on it. */
  bootsBy: z.array(z.enum(['bios', 'uefi'])),
  /** What else was recognised, each in words: "hybrid, for USB sticks too", "qcow2, 20 GB when written out". */
  notes: z.array(z.string()),
});
export type ImageDescription = z.infer<typeof ImageDescription>;

/** `sut`: it is installed there. `drive`: it is in a virtual drive of that machine. `reservation`: its machines are provisioned with it at its end. */
export const ImageUser = z.object({ kind: z.enum(['plan', 'sut', 'drive', 'reservation', 'run']), id: Id, name: z.string() });
export type ImageUser = z.infer<typeof ImageUser>;

const USERS: Readonly<Record<ImageUser['kind'], string>> = {
  plan: 'plan',
  sut: 'SUT',
  drive: 'a drive of',
  reservation: 'the reservation of',
  run: 'run',
};
export const sayImageUser = ({ kind, name }: Pick<ImageUser, 'kind' | 'name'>): string => `${USERS[kind]} ${name}`;

/** An image of the library: a name and a revision stand for exactly one content. */
export const Image = z.object({
  id: Id,
  name: Name,
  /** Empty where there is only one. */
  revision: z.string(),
  category: z.string(),
  kind: ImageKind,
  sha256: Sha256,
  /** Bytes. */
  size: z.number().int(),
  description: ImageDescription,
  /** The file or address it came from, without user and password. */
  origin: z.string(),
  /** Whether somebody had said beforehand which sha256 it has. */
  expected: z.boolean(),
  pinned: z.boolean(),
  addedAt: Timestamp,
  addedBy: PersonName,
  /** When it was last handed to a machine. */
  usedAt: Timestamp.nullable(),
  /** Plans that name it, SUTs and drives that have it, reservations that end with it, runs that have not ended. */
  usedBy: z.array(ImageUser),
});
export type Image = z.infer<typeof Image>;

/** An image on its way from an address; it survives a restart and goes on where it was. */
export const Arrival = z.object({
  id: Id,
  name: Name,
  revision: z.string(),
  /** Without user and password. */
  url: z.string(),
  state: z.enum(['fetching', 'waiting', 'paused', 'failed']),
  /** Why it waits or has failed, a sentence. */
  note: z.string().nullable(),
  /** Bytes on the disk; total where the source says it. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** Bytes a second, over the last seconds. */
  rate: z.number().nullable(),
  /** When it is tried again by itself. */
  nextTryAt: Timestamp.nullable(),
  /** Where it went on after it was cut off. */
  resumedAt: z.number().int().nullable(),
  startedAt: Timestamp,
});
export type Arrival = z.infer<typeof Arrival>;

/** All images of a harness and how full their disk is. Bytes. */
export const ImageLibrary = z.object({
  images: z.array(Image),
  arrivals: z.array(Arrival),
  used: z.number().int(),
  budget: z.number().int(),
  diskFree: z.number().int().nullable(),
});
export type ImageLibrary = z.infer<typeof ImageLibrary>;

/** How names of images are compared: letters are the same in both cases. */
export const imageKey = (text: string): string => text.trim().normalize('NFC').toLowerCase();

/** What a plan, a recipe or a person calls it: a name with its revision, a name (then its newest revision), a sha256 or an id. */
export function imageNamed<I extends Pick<Image, 'id' | 'name' | 'revision' | 'sha256' | 'addedAt'>>(
  images: readonly I[],
  name: string,
): I | undefined {
  const key = imageKey(name);
  const exact = images.find((image) => imageKey(imageLabel(image)) === key || image.sha256 === key || image.id === name.trim());
  if (exact !== undefined) return exact;
  return images
    .filter((image) => imageKey(image.name) === key)
    .reduce<I | undefined>((newest, image) => (newest === undefined || image.addedAt > newest.addedAt ? image : newest), undefined);
}

/** What a plan or a recipe calls it: the name, and the revision where there is one. */
export function imageLabel({ name, revision }: Pick<Image, 'name' | 'revision'>): string {
  return revision === '' ? name : `${name} ${revision}`;
}
