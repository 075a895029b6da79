import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { onlyWord } from '../command-line.ts';
import { doneOf } from '../done-of.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';

/** `atn import-results PATH`: an output.xml, or a folder of them. */
export const importResults: Command = (line) => {
  line.options({});
  const path = resolve(onlyWord(line, 'PATH'));
  return async ({ client, output, interrupted }) => {
    const done = await doneOf(await client.interchange.importResults({ path }, { signal: interrupted }), output);
    output.answer(done, () =>
      [
        columns(done.imported.map(({ runId, name, path: from }) => [runId, name, from])),
        `${done.imported.length} imported, ${done.known} were here already.`,
        ...done.refused.map(({ path: from, why }) => `${from}: ${why}`),
      ]
        .filter((text) => text !== '')
        .join('\n'),
    );
    return done.refused.length === 0 ? EXIT.passed : EXIT.error;
  };
};
