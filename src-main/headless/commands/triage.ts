import type { KnownFailure } from '../../../src-shared/model/triage.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { columns, printable } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

interface Values {
  comment?: string;
  label?: string;
  issue?: string;
  test?: string;
  message?: string;
  sut?: string;
}
type Work = (context: CommandContext) => Promise<number>;
const text = { type: 'string' } as const;

/** `atn triage show|note|rules|known|forget`. */
export const triage: Command = (line) => {
  const values: Values = line.options({ comment: text, label: text, issue: text, test: text, message: text, sut: text });
  const [name = 'rules', ...words] = line.words;
  return oneOf(DEEDS, 'triage', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  show: (words) => {
    const word = onlyOf(words, 'RUN');
    return async ({ client, output }) => {
      const found = await client.triage.ofRun({ id: (await findRun(client, word)).id });
      output.answer(found, () =>
        columns([
          ...found.known.map(({ test, title, issue }) => ['known', test, issue === '' ? title : `${title} (${issue})`]),
          ['unexplained', `${found.unexplained}`, found.unexplained === 1 ? 'failure' : 'failures'],
          ...found.marks.map((mark) => [mark.kind, mark.test ?? 'the run', `${mark.text} (${mark.by})`]),
        ]),
      );
      return EXIT.passed;
    };
  },
  note: (words, { test, ...values }) => {
    const word = onlyOf(words, 'RUN');
    const kinds = (['comment', 'label', 'issue'] as const).flatMap((kind) =>
      values[kind] === undefined ? [] : [{ kind, text: values[kind] }],
    );
    if (kinds.length === 0) throw new UsageError('What is noted? Give --comment, --label or --issue.');
    return async ({ client, output }) => {
      const { id } = await findRun(client, word);
      for (const mark of kinds) await client.triage.mark({ runId: id, test: test ?? null, ...mark });
      output.answer(await client.triage.ofRun({ id }), () => 'It is noted.');
      return EXIT.passed;
    };
  },
  rules:
    () =>
    async ({ client, output }) => {
      const rules = await client.triage.rules();
      output.answer(rules, () => (rules.length === 0 ? 'No known failure yet.' : columns(rules.map(ruleLine))));
      return EXIT.passed;
    },
  known: (words, { message, test = '', sut = '', issue = '' }) => {
    const title = onlyOf(words, 'TITLE');
    if (message === undefined) throw new UsageError('--message PATTERN is missing: what does the failure say?');
    return async ({ client, output }) => {
      const rules = await client.triage.saveRule({ content: { title, message, test, sut, issue } });
      output.answer(rules, () => columns(rules.map(ruleLine)));
      return EXIT.passed;
    };
  },
  forget: (words) => {
    const id = onlyOf(words, 'ID');
    return async ({ client, output }) => {
      output.answer(await client.triage.removeRule({ id }), () => `${printable(id)} is removed.`);
      return EXIT.passed;
    };
  },
};

function ruleLine({ id, title, issue, matches, clearRuns }: KnownFailure): string[] {
  const quiet = clearRuns === 0 ? '' : `not seen in its last ${clearRuns} ${clearRuns === 1 ? 'run' : 'runs'}: fixed?`;
  return [id, issue, `${matches} explained`, title, quiet];
}
