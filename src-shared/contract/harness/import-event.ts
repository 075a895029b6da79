import { z } from 'zod';
import { Progress } from '../../model/system.ts';
import { TestData } from '../../model/test-data.ts';

/** `unchanged`: the newest revision already has exactly this content. `warnings`: what was left out or may surprise, each a sentence. */
export const imported = { testData: TestData, unchanged: z.boolean(), warnings: z.array(z.string()) };

/** An import is long: it says how far it is, and ends with the test data. Leaving the stream cancels it; nothing half is kept. */
export const ImportEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: Progress }),
  z.object({ type: z.literal('done'), ...imported }),
]);
export type ImportEvent = z.infer<typeof ImportEvent>;
