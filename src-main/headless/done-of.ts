import { WorkbenchError } from '../errors.ts';
import type { Progress } from '../../src-shared/model/system.ts';
import type { Output } from './output.ts';

type LongEvent = { type: 'progress'; progress: Progress } | { type: 'done' };

/** Follows long work to its end, telling each new step. */
export async function doneOf<E extends LongEvent>(events: AsyncIterable<E>, output: Output): Promise<Extract<E, { type: 'done' }>> {
  let last = '';
  for await (const event of events) {
    if (event.type === 'done') return event as Extract<E, { type: 'done' }>;
    if (event.type === 'progress' && event.progress.step !== last) output.progress((last = event.progress.step));
  }
  throw new WorkbenchError('CANCELLED', 'It was cancelled. What was fetched is kept.');
}
