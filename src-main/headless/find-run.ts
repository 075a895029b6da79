import { WorkbenchError } from '../errors.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';
import type { HarnessClient } from './command.ts';

const LOOK_AT = 500;

/** The run that a person means by an id, the beginning of one, or "last". */
export async function findRun(client: HarnessClient, word: string): Promise<RunSummary> {
  if (word.length === 36) return client.runs.get({ id: word });
  const { rows } = await client.runs.list({ limit: word === 'last' ? 1 : LOOK_AT, offset: 0 });
  const found = rows.map((row) => row.run).filter((run) => word === 'last' || run.id.startsWith(word));
  const [run, ...others] = found;
  if (run === undefined) {
    throw new WorkbenchError(
      'NOT_FOUND',
      word === 'last' ? 'There is no run yet.' : `No run begins with "${word}". "atn runs" lists them.`,
    );
  }
  if (others.length > 0) {
    throw new WorkbenchError('CONFLICT', `${found.length} runs begin with "${word}". Give more of the id.`, {
      details: found.map(({ id, name }) => `${id} ${name}`),
    });
  }
  return run;
}
