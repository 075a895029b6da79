import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { TestCondition } from '../../../src-shared/model/condition.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { needCondition } from '../find-plan.ts';
import { columns, printable } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';

interface Values {
  to?: string;
  name?: string;
}
type Work = (context: CommandContext) => Promise<number>;

/** `atn conditions list|show|export|import|remove`. */
export const conditions: Command = (line) => {
  const values: Values = line.options({ to: { type: 'string' }, name: { type: 'string' } });
  const [name = 'list', ...words] = line.words;
  return oneOf(DEEDS, 'conditions', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  list:
    () =>
    async ({ client, output }) => {
      const found = await client.conditions.list();
      output.answer(found, () => (found.length === 0 ? 'No condition yet.' : columns(found.map((each) => conditionLine(each, found)))));
      return EXIT.passed;
    },
  show: (words) => {
    const word = onlyOf(words, 'CONDITION');
    return async ({ client, output }) => {
      const condition = await needCondition(client, word);
      output.answer(condition, () => condition.problem ?? columns(condition.effective.map(variableLine)));
      return EXIT.passed;
    };
  },
  export: (words, { to }) => {
    const word = onlyOf(words, 'CONDITION');
    return async ({ client, output }) => {
      const exported = await client.conditions.export({ id: (await needCondition(client, word)).id });
      if (to !== undefined) await writeFile(resolve(to), exported.yaml, { flag: 'wx' });
      output.answer(exported, () => (to === undefined ? exported.yaml.trimEnd() : resolve(to)));
      return EXIT.passed;
    };
  },
  import: (words, { name }) => {
    const file = resolve(onlyOf(words, 'FILE'));
    return async ({ client, output }) => {
      const yaml = await readFile(file, 'utf8');
      const called = name ?? (/^atn-condition:/mu.test(yaml) ? undefined : basename(file).replace(/\.ya?ml$/iu, ''));
      const imported = await client.conditions.import({ yaml, ...(called === undefined ? {} : { name: called }) });
      for (const note of imported.notes) output.progress(note);
      output.answer(imported, () => columns([conditionLine(imported.condition, [])]));
      return EXIT.passed;
    };
  },
  remove: (words) => {
    const word = onlyOf(words, 'CONDITION');
    return async ({ client, output }) => {
      const { id, name } = await needCondition(client, word);
      output.answer(await client.conditions.remove({ id }), () => `${printable(name)} is removed.`);
      return EXIT.passed;
    };
  },
};

function conditionLine({ name, parentId, effective, problem }: TestCondition, all: readonly TestCondition[]): string[] {
  const parent = all.find(({ id }) => id === parentId)?.name;
  return [name, parent === undefined ? '' : `from ${parent}`, problem ?? `${effective.length} variables`];
}

function variableLine({ variable, from }: TestCondition['effective'][number]): string[] {
  const value = variable.type === 'secret' ? (variable.value === null ? 'to be supplied' : 'kept') : JSON.stringify(variable.value);
  return [variable.name, variable.type, value, `from ${from.name}`];
}
