import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Progress } from '../../model/system.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const imported = {
  imported: z.array(z.object({ runId: Id, name: z.string(), path: z.string() })),
  /** Files whose run is here already. */
  known: z.number().int(),
  refused: z.array(z.object({ path: z.string(), why: z.string() })),
};
const ImportEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: Progress }),
  z.object({ type: z.literal('done'), ...imported }),
]);

export const interchange = {
  /** An output.xml or output.json on the harness's machine, or a folder with any number of them, as runs. Leaving the feed stops it; what is in stays. */
  importResults: procedure
    .route({ method: 'POST', path: '/runs/import-results', tags: ['Runs'] })
    .input(z.object({ path: z.string().min(1) }))
    .output(eventIterator(ImportEvent)),
  /** One from somewhere else, for instance given to a browser. */
  uploadResults: procedure
    .route({ method: 'POST', path: '/runs/upload-results', tags: ['Runs'] })
    .input(z.object({ file: z.file() }))
    .output(z.object(imported)),
};
