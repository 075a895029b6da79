import { resolve } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

interface Values {
  wheels?: boolean;
  overwrite?: boolean;
}
type Work = (context: CommandContext) => Promise<number>;

/** `atn capsule export RUN FILE | import FILE`. */
export const capsule: Command = (line) => {
  const values: Values = line.options({ wheels: { type: 'boolean' }, overwrite: { type: 'boolean' } });
  const [name = '', ...words] = line.words;
  return oneOf(DEEDS, 'capsule', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  export: ([word, ...files], { wheels = false, overwrite = false }) => {
    if (word === undefined) throw new UsageError('RUN is missing.');
    const path = resolve(onlyOf(files, 'FILE'));
    return async ({ client, output, interrupted }) => {
      const { id } = await findRun(client, word);
      for await (const event of await client.capsules.export({ id, path, wheels, overwrite }, { signal: interrupted })) {
        if (event.type === 'progress') output.progress(event.progress.step);
        else output.answer({ path: event.path, size: event.size }, () => `${event.path}, ${event.size} bytes`);
        if (event.type === 'done') return EXIT.passed;
      }
      throw new WorkbenchError('CANCELLED', 'The export was cancelled. Nothing was left.');
    };
  },
  import: (words) => {
    const path = resolve(onlyOf(words, 'FILE'));
    return async ({ client, output, interrupted }) => {
      for await (const event of await client.capsules.importPath({ path }, { signal: interrupted })) {
        if (event.type === 'progress') {
          output.progress(event.progress.step);
          continue;
        }
        const { runId, content, notes } = event;
        output.answer({ runId, content, notes }, () => [`run ${runId} ${content.runName}`, ...notes].join('\n'));
        return EXIT.passed;
      }
      throw new WorkbenchError('CANCELLED', 'The import was cancelled.');
    };
  },
};
