import { z } from 'zod';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['SUTs'] };

export const SutFileFormat = z.enum(['csv', 'yaml']);
export type SutFileFormat = z.infer<typeof SutFileFormat>;

/** A file of machines, as text. */
const SutFile = z.object({ format: SutFileFormat, text: z.string().max(10_000_000) });

/**
 * What becomes of one machine of a file. Machines are known by their names. `same`: nothing to do. `wrong`: it cannot be taken, `problems`
 * say why; the others are not kept back by it.
 */
export const SutFileRow = z.object({
  /** Where it begins in the file, from 1. */
  line: z.number().int(),
  name: z.string(),
  outcome: z.enum(['new', 'changed', 'same', 'wrong']),
  /** What is new in it, in words: `tags`, `field rack`, `endpoint 1`. */
  changes: z.array(z.string()),
  problems: z.array(z.string()),
});
export type SutFileRow = z.infer<typeof SutFileRow>;

export const sutFiles = {
  /** What an import of this file would do; nothing is done. */
  previewFile: procedure
    .route({ method: 'POST', path: '/suts/file/preview', ...tag })
    .input(SutFile)
    .output(z.array(SutFileRow)),
  /** Adds and changes the machines that are right, and says of each how it came out. */
  importFile: procedure
    .route({ method: 'POST', path: '/suts/file', ...tag })
    .input(SutFile)
    .output(z.array(SutFileRow)),
  /** All machines, or those of `ids`. Passwords and secret values are never in it. Formulas of a CSV file are made harmless. */
  exportFile: procedure
    .route({ method: 'GET', path: '/suts/file', ...tag })
    .input(z.object({ format: SutFileFormat.default('csv'), ids: z.array(Id).max(5000).optional() }))
    .output(z.object({ fileName: z.string(), text: z.string() })),
};
