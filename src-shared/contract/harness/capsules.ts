import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { CapsuleContent } from '../../model/capsule.ts';
import { Progress } from '../../model/system.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Capsules'] };

const progress = z.object({ type: z.literal('progress'), progress: Progress });
export const CapsuleExportEvent = z.discriminatedUnion('type', [
  progress,
  z.object({ type: z.literal('done'), path: z.string(), size: z.number().int() }),
]);
/** `notes`: what is still to be supplied here (secrets, SUTs) and what was known already, each a sentence. */
const imported = { runId: Id, content: CapsuleContent, notes: z.array(z.string()) };
export const CapsuleImportEvent = z.discriminatedUnion('type', [progress, z.object({ type: z.literal('done'), ...imported })]);

/** A run capsule: one zip file with everything of an ended run that another home needs to show it and to run it again. */
export const capsules = {
  /** Writes it on the harness's machine; refuses to overwrite unless told. Leaving the stream cancels; nothing half is left. */
  export: procedure
    .route({ method: 'POST', path: '/runs/{id}/capsule', ...tag })
    .input(z.object({ id: Id, path: z.string().min(1), overwrite: z.boolean().default(false), wheels: z.boolean().default(false) }))
    .output(eventIterator(CapsuleExportEvent)),
  /**
   * A capsule on the harness's machine. Makes test data, condition, plan, libraries and the ended run, read-only and marked imported. The
   * same capsule again answers the same run. ARCHIVE_REFUSED names the file that is not as the manifest says.
   */
  importPath: procedure
    .route({ method: 'POST', path: '/capsules/import', ...tag })
    .input(z.object({ path: z.string().min(1) }))
    .output(eventIterator(CapsuleImportEvent)),
  importUpload: procedure
    .route({ method: 'POST', path: '/capsules/upload', ...tag })
    .input(z.object({ file: z.file() }))
    .output(z.object(imported)),
};
