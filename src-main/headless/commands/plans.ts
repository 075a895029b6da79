import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TestPlan } from '../../../src-shared/model/plan.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { needPlan } from '../find-plan.ts';
import { columns, printable } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';

type Work = (context: CommandContext) => Promise<number>;

/** `atn plans list|show|export|import|remove`. */
export const plans: Command = (line) => {
  const values: { to?: string } = line.options({ to: { type: 'string' } });
  const [name = 'list', ...words] = line.words;
  return oneOf(DEEDS, 'plans', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: { to?: string }) => Work>> = {
  list:
    () =>
    async ({ client, output }) => {
      const found = await client.plans.list();
      output.answer(found, () => (found.length === 0 ? 'No plan yet.' : columns(found.map(planLine))));
      return EXIT.passed;
    },
  show: (words) => {
    const word = onlyOf(words, 'PLAN');
    return async ({ client, output }) => {
      const plan = await needPlan(client, word);
      const { yaml } = await client.plans.export({ id: plan.id });
      output.answer(plan, () => yaml.trimEnd());
      return EXIT.passed;
    };
  },
  export: (words, { to }) => {
    const word = onlyOf(words, 'PLAN');
    return async ({ client, output }) => {
      const exported = await client.plans.export({ id: (await needPlan(client, word)).id });
      if (to !== undefined) await writeFile(resolve(to), exported.yaml, { flag: 'wx' });
      output.answer(exported, () => (to === undefined ? exported.yaml.trimEnd() : resolve(to)));
      return EXIT.passed;
    };
  },
  import: (words) => {
    const file = resolve(onlyOf(words, 'FILE'));
    return async ({ client, output }) => {
      const plan = await client.plans.import({ yaml: await readFile(file, 'utf8') });
      output.answer(plan, () => columns([planLine(plan)]));
      return EXIT.passed;
    };
  },
  remove: (words) => {
    const word = onlyOf(words, 'PLAN');
    return async ({ client, output }) => {
      const { id, name } = await needPlan(client, word);
      output.answer(await client.plans.remove({ id }), () => `${printable(name)} is removed; its runs stay.`);
      return EXIT.passed;
    };
  },
};

function planLine({ name, version, testDataName, revision, runCount }: TestPlan): string[] {
  const data = `${testDataName ?? 'no test data'} ${revision === 'newest' ? 'newest' : revision.slice(0, 8)}`;
  return [name, `version ${version.number}`, data, `${runCount} ${runCount === 1 ? 'run' : 'runs'}`];
}
