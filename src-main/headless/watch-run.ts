import type { Run } from '../../src-shared/model/run.ts';
import { WorkbenchError } from '../errors.ts';
import type { CommandContext } from './command.ts';
import { countsText, outcome } from './run-text.ts';

/**
 * Follows a run to its end and says what happens. Ctrl-C asks it to stop, so that tear-downs run and the report is written; the
 * second Ctrl-C is left to the process, and the run goes on under its supervisor.
 */
export async function watchRun(context: CommandContext, id: string): Promise<Run> {
  const { client, output, interrupted } = context;
  const stop = (): void => {
    output.error('Asked the run to stop; its tear-downs run. Ctrl-C again leaves it alone.');
    client.runs.stop({ id, reason: 'Ctrl-C' }).catch((error: unknown) => output.error(String(error)));
  };
  interrupted.addEventListener('abort', stop, { once: true });
  try {
    return await followToEnd(context, id);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}

async function followToEnd({ client, output }: CommandContext, id: string): Promise<Run> {
  let said = '';
  for await (const run of await client.runs.follow({ id })) {
    const text = progressText(run);
    if (text !== said) output.progress(text);
    said = text;
    if (run.state === 'ended') return run;
  }
  const run = await client.runs.get({ id });
  if (run.state === 'ended') return run;
  throw new WorkbenchError('TIMEOUT', `The harness stopped telling about run ${id}. "atn show ${id}" says how it goes on.`);
}

/** While tests run, the test that runs; before and after, what the phase does. */
function progressText(run: Run): string {
  const phase = run.phases.find(({ outcome: is }) => is === 'running')?.note ?? null;
  const note = run.state === 'executing' ? (run.happened ?? phase) : phase;
  const counts = run.state === 'executing' && run.total > 0 ? `, ${countsText({ ...run.counts, notRun: 0 })} of ${run.total}` : '';
  return `${outcome(run)}${counts}${note === null ? '' : `: ${note}`}`;
}
