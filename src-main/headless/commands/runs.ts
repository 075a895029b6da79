import { Verdict } from '../../../src-shared/model/run-states.ts';
import type { Command } from '../command.ts';
import { wholeNumber } from '../command-line.ts';
import { EXIT } from '../exit-codes.ts';
import { runLines } from '../run-text.ts';
import { UsageError } from '../usage.ts';

/** `atn runs`: newest first. */
export const runs: Command = (line) => {
  const values = line.options({
    text: { type: 'string' },
    verdict: { type: 'string', multiple: true },
    sut: { type: 'string' },
    limit: { type: 'string' },
  });
  const limit = wholeNumber(values.limit, 'limit', 1) ?? 20;
  const filter = {
    ...(values.text === undefined ? {} : { text: values.text }),
    ...(values.sut === undefined ? {} : { sut: values.sut }),
    ...(values.verdict === undefined ? {} : { verdicts: values.verdict.map(verdictFrom) }),
  };
  return async ({ client, output }) => {
    const found = await client.runs.list({ ...filter, offset: 0, limit });
    const rows = found.rows.map((row) => row.run);
    output.answer(rows, () => (rows.length === 0 ? 'No run yet.' : runLines(rows)));
    return EXIT.passed;
  };
};

function verdictFrom(text: string): Verdict {
  const verdict = Verdict.safeParse(text);
  if (!verdict.success) throw new UsageError(`--verdict takes ${Verdict.options.join(', ')}, not "${text}".`);
  return verdict.data;
}
