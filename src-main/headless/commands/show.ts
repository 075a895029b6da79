import type { Command } from '../command.ts';
import { onlyWord } from '../command-line.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { failureLine, runJson, runText } from '../run-text.ts';

/** `atn show RUN`: the run and what failed in it. */
export const show: Command = (line) => {
  line.options({});
  const word = onlyWord(line, 'RUN');
  return async ({ client, output }) => {
    const { id } = await findRun(client, word);
    const run = await client.runs.get({ id });
    const { failures, total } = await client.record.failures({ id, limit: 100 });
    const listed = failures.map(({ test, keyword, message }) => ({ test: test.name, keyword: keyword?.name ?? null, message }));
    output.answer({ ...runJson(run), total: run.total, failures: listed }, () =>
      [runText(run), ...(total > 0 ? [`failed, ${total} in all:`] : []), ...listed.map((one) => failureLine(one.test, one.message))].join(
        '\n',
      ),
    );
    return exitCodeOf(run.verdict);
  };
};
