import { resolve } from 'node:path';
import type { Command, CommandContext, HarnessClient } from '../command.ts';
import { onlyWord } from '../command-line.ts';
import { EXIT } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { UsageError } from '../usage.ts';

type Form = Parameters<HarnessClient['reports']['save']>[0]['form'];
const FORMS: readonly Form[] = [
  'zip',
  'output.xml',
  'log.html',
  'report.html',
  'xunit.xml',
  'results.csv',
  'results.json',
  'page.html',
  'allure.zip',
];

/** `atn report RUN`: where the report is; with `--to`, written there in the form asked for. */
export const report: Command = (line) => {
  const values = line.options({ form: { type: 'string' }, to: { type: 'string' }, overwrite: { type: 'boolean' } });
  const word = onlyWord(line, 'RUN');
  const { to, overwrite = false } = values;
  if (to === undefined) {
    if (values.form !== undefined) throw new UsageError('--form needs --to FILE.');
    return (context) => tell(context, word);
  }
  const form = formFrom(values.form);
  return async ({ client, output }) => {
    const { id } = await findRun(client, word);
    const saved = await client.reports.save({ id, form, path: resolve(to), overwrite });
    output.answer(saved, () => `${saved.path}, ${saved.size} bytes`);
    return EXIT.passed;
  };
};

async function tell({ client, output }: CommandContext, word: string): Promise<number> {
  const { id } = await findRun(client, word);
  const { reportDirectory } = await client.runs.get({ id });
  const artefacts = await client.reports.artefacts({ id });
  output.answer({ id, reportDirectory, artefacts }, () => [reportDirectory, ...artefacts.map(({ path }) => `  ${path}`)].join('\n'));
  return EXIT.passed;
}

function formFrom(text: string | undefined): Form {
  const form = text === undefined ? 'zip' : FORMS.find((one) => one === text);
  if (form === undefined) throw new UsageError(`--form takes ${FORMS.join(', ')}, not "${text}".`);
  return form;
}
