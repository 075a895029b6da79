import { join } from 'node:path';
import { listUnmeasured, saveRunSize } from '../../store/retention.ts';
import type { RetentionServices } from './retention-services.ts';
import { sizesOf } from './run-parts.ts';

/** Measures what ended runs left that nobody has measured yet. */
export async function measureRuns({ store, runsFolder }: RetentionServices, signal: AbortSignal): Promise<void> {
  for (const { number, id } of listUnmeasured(store)) {
    if (signal.aborted) return;
    saveRunSize(store, number, await sizesOf(join(runsFolder, id)));
  }
}
