import type { Command } from '../command.ts';
import { onlyWord } from '../command-line.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { runJson, runText } from '../run-text.ts';
import { watchRun } from '../watch-run.ts';

/** `atn stop RUN`: asks, then waits for the end, so that a script knows when the machines are free. */
export const stop: Command = (line) => {
  const values = line.options({ now: { type: 'boolean' } });
  const word = onlyWord(line, 'RUN');
  return async (context) => {
    const { client, output } = context;
    const { id } = await findRun(client, word);
    await client.runs.stop({ id, now: values.now === true });
    const run = await watchRun(context, id);
    output.answer(runJson(run), () => runText(run));
    return exitCodeOf(run.verdict);
  };
};
