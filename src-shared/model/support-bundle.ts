import { z } from 'zod';
import { Id } from './text.ts';

export const BundleWish = z.object({
  /** Names of machines, people and hosts, and addresses, are replaced by `sut-1`, `person-1` and so on. */
  maskNames: z.boolean().default(false),
  /** Of so many of the last runs, what the engine says. */
  runs: z.number().int().min(0).max(20).default(3),
  /** Also what is tested and what Robot Framework printed: names of runs, arguments, consoles. */
  testContent: z.boolean().default(false),
});
export type BundleWish = z.infer<typeof BundleWish>;

/** A bundle as it will be written: made once, shown, then handed over as it is. */
export const BundlePreview = z.object({
  id: Id,
  fileName: z.string(),
  /** Of the zip, in bytes. */
  size: z.number().int(),
  files: z.array(
    z.object({
      name: z.string(),
      /** In a few words. */
      what: z.string(),
      size: z.number().int(),
      /** How much of it was taken out because it is, or looks like, a secret. */
      masked: z.number().int(),
      /** Its first lines, as they will be written. */
      head: z.string(),
    }),
  ),
});
export type BundlePreview = z.infer<typeof BundlePreview>;
