import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';
import { readyAnswers } from '../ready-answers.ts';
import { dataOf } from '../recipe-source.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = { data: { type: 'string' }, sut: { type: 'string' }, image: { type: 'string' }, answers: { type: 'string' } } as const;

interface Values {
  data?: string;
  sut?: string;
  image?: string;
  answers?: string;
}
type Work = (context: CommandContext) => Promise<number>;

/** `atn recipes`: how machines are provisioned, and what they would be told. */
export const recipes: Command = (line) => {
  const values = line.options(OPTIONS);
  const [deed = 'list', ...words] = line.words;
  return oneOf({ list, show, preview }, 'recipes', deed)(words, values);
};

function list(words: string[], { data }: Values): Work {
  if (words.length > 0) throw new UsageError(`What is "${words.join(' ')}"?`);
  return async (context) => {
    const found = await context.client.provisioning.recipes(await dataOf(context, data));
    context.output.answer(found, () =>
      columns(found.map(({ ref, name, image, problem }) => [ref, name, problem ?? (image === 'needed' ? 'needs an image' : '')])),
    );
    return EXIT.passed;
  };
}

function show(words: string[], { data }: Values): Work {
  const ref = onlyOf(words, 'RECIPE');
  return async (context) => {
    const found = await context.client.provisioning.recipe({ ref, ...(await dataOf(context, data)) });
    context.output.answer(found, () => found.yaml.trimEnd());
    return EXIT.passed;
  };
}

/** Dots stand in place of secrets. */
function preview(words: string[], { data, sut, image, answers }: Values): Work {
  const ref = onlyOf(words, 'RECIPE');
  if (sut === undefined) throw new UsageError('recipes preview needs --sut NAME: answers are written for one machine.');
  const ready = readyAnswers(answers);
  return async (context) => {
    const source = await dataOf(context, data);
    const shown = await context.client.provisioning.preview({ ref, sut, answers: ready, ...source, image: image ?? null });
    for (const { path, problems } of shown.files)
      for (const { line: at, message } of problems) context.output.progress(`${path}${at === null ? '' : `, line ${at}`}: ${message}`);
    const text = () => shown.files.map(({ path, text }) => `--- ${path}\n${text.trimEnd()}`).join('\n');
    context.output.answer(shown, () => (shown.files.length === 0 ? 'This recipe has no answers.' : text()));
    return EXIT.passed;
  };
}
