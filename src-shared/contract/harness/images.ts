import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Arrival, Image, ImageLibrary } from '../../model/image.ts';
import { Progress } from '../../model/system.ts';
import { Id, Name, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Images'] };
const ById = z.object({ id: Id });
const Label = z
  .string()
  .trim()
  .max(100)
  .refine((value) => !/\p{Cc}/u.test(value), 'No control characters here.');

/** What a person may say of an image when it comes. `name` left out: the name of the file without its ending. */
export const ImageWords = z.object({
  name: Name.optional(),
  revision: Label.default(''),
  category: Label.default(''),
  /** Refused when the content is another one. */
  sha256: Sha256.optional(),
});
export type ImageWords = z.infer<typeof ImageWords>;

/** `unchanged`: exactly this image was there already. */
const added = { image: Image, unchanged: z.boolean() };
/** An import is long: it says how far it is, and ends with the image. Leaving the stream cancels it; nothing half is kept. */
export const ImportImageEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: Progress }),
  z.object({ type: z.literal('done'), ...added }),
]);

/** An image that would go, and the reason in words. */
const Freed = z.object({ id: Id, name: z.string(), size: z.number().int(), why: z.string() });
/** What cleaning would free, and what stays and why; bytes. */
export const ImageCleaning = z.object({ removes: z.array(Freed), keeps: z.array(Freed), freed: z.number().int() });
export type ImageCleaning = z.infer<typeof ImageCleaning>;

export const images = {
  /** Names, newest first within one name; with what is arriving and how full the disk is. */
  list: procedure.route({ method: 'GET', path: '/images', ...tag }).output(ImageLibrary),
  get: procedure
    .route({ method: 'GET', path: '/images/{id}', ...tag })
    .input(ById)
    .output(Image),
  /**
   * A file on the harness's machine. With `initrds` it is a kernel, and they are the initial RAM disks that it starts from over the network. Throws BAD_REQUEST (another sha256, not readable), CONFLICT (name and
   * revision taken), DISK_FULL, CANCELLED.
   */
  importFile: procedure
    .route({ method: 'POST', path: '/images', ...tag })
    .input(
      ImageWords.extend({
        path: z.string().min(1),
        initrds: z.array(z.string().min(1)).max(8).default([]),
        checksumFile: z.string().min(1).optional(),
      }),
    )
    .output(eventIterator(ImportImageEvent)),
  /** A file from somewhere else, for instance dropped into the window; with `initrds` a kernel and the RAM disks that it starts from. */
  upload: procedure
    .route({ method: 'POST', path: '/images/upload', ...tag })
    .input(ImageWords.extend({ file: z.file(), initrds: z.array(z.file()).max(8).default([]) }))
    .output(z.object(added)),
  /**
   * From an address. It goes on by itself, over cut connections and restarts, until the image is there or `cancel`. `checksumUrl`: a file as
   * `sha256sum` writes it. Private and loopback hosts only when the settings allow it.
   */
  fetch: procedure
    .route({ method: 'POST', path: '/images/fetch', ...tag })
    .input(ImageWords.extend({ url: z.string().min(1).max(2000), checksumUrl: z.string().min(1).max(2000).optional() }))
    .output(Arrival),
  pause: procedure
    .route({ method: 'POST', path: '/images/arrivals/{id}/pause', ...tag })
    .input(ById)
    .output(Arrival),
  /** Goes on at once: after a pause, while it waits, or anew after it has failed. */
  resume: procedure
    .route({ method: 'POST', path: '/images/arrivals/{id}/resume', ...tag })
    .input(ById)
    .output(Arrival),
  cancel: procedure
    .route({ method: 'DELETE', path: '/images/arrivals/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  update: procedure
    .route({ method: 'PATCH', path: '/images/{id}', ...tag })
    .input(ById.extend({ name: Name.optional(), revision: Label.optional(), category: Label.optional(), pinned: z.boolean().optional() }))
    .output(Image),
  /** Refused with CONFLICT, naming them, while plans or runs need it. */
  remove: procedure
    .route({ method: 'DELETE', path: '/images/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** What `clean` would remove: images that nobody uses, not pinned, and not used for so many days. */
  previewCleaning: procedure
    .route({ method: 'GET', path: '/images/cleaning', ...tag })
    .input(z.object({ days: z.coerce.number().int().min(0).max(3650).default(30) }))
    .output(ImageCleaning),
  /** Removes exactly these, each only when it still may go. */
  clean: procedure
    .route({ method: 'POST', path: '/images/cleaning', ...tag })
    .input(z.object({ ids: z.array(Id).max(10_000) }))
    .output(ImageCleaning),
  /** Sends the whole library at each change: there are few. */
  watch: procedure.route({ method: 'GET', path: '/images/watch', ...tag }).output(eventIterator(ImageLibrary)),
};
