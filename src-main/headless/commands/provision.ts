import { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import type { Command } from '../command.ts';
import { onlyWord } from '../command-line.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { IMAGE_SOURCE, imageSourceFrom } from '../image-source.ts';
import { readyAnswers } from '../ready-answers.ts';
import { dataOf } from '../recipe-source.ts';
import { runJson, runText } from '../run-text.ts';
import { oneOf } from '../sub-command.ts';
import { keepFrom, WHEN } from '../wanted-run.ts';
import { watchRun } from '../watch-run.ts';

const OPTIONS = {
  recipe: { type: 'string' },
  image: { type: 'string' },
  ...IMAGE_SOURCE,
  answers: { type: 'string' },
  data: { type: 'string' },
  provision: { type: 'string' },
  keep: { type: 'string' },
} as const;

/** `atn provision SUT`: brings one machine into a wanted state; the exit code says whether it is. Ctrl-C stops it and takes back what it did. */
export const provision: Command = (line) => {
  const values = line.options(OPTIONS);
  const sut = onlyWord(line, 'SUT');
  const choice = ProvisioningChoice.parse({
    image: values.image ?? null,
    ...imageSourceFrom(values),
    ...(values.recipe === undefined ? {} : { recipe: values.recipe }),
    answers: readyAnswers(values.answers),
    when: oneOf(WHEN, '--provision', values.provision ?? 'different'),
    keep: keepFrom(values.keep),
  });
  return async (context) => {
    const { client, output } = context;
    const started = await client.runs.provision({ sut, ...choice, ...(await dataOf(context, values.data)) });
    output.progress(`run ${started.id} ${started.name}`);
    const ended = await watchRun(context, started.id);
    const [machine] = ended.provisioning?.suts ?? [];
    output.answer({ ...runJson(ended), provisioning: machine ?? null }, () => [runText(ended), ended.happened ?? ''].join('\n').trim());
    return exitCodeOf(ended.verdict);
  };
};
