import { TriggerProof, type Trigger, type TriggerChange } from '../../../src-shared/model/trigger.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { needCondition, needPlan } from '../find-plan.ts';
import { columns } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

interface Values {
  plan?: string;
  condition?: string;
  sut?: string[];
  proof?: string;
  'allow-condition'?: string[];
  'allow-variable'?: string[];
}
type Work = (context: CommandContext) => Promise<number>;
const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

/** `atn triggers list|add|rotate|remove|deliveries`. */
export const triggers: Command = (line) => {
  const values: Values = line.options({
    ...{ plan: text, condition: text, sut: texts, proof: text },
    ...{ 'allow-condition': texts, 'allow-variable': texts },
  });
  const [name = 'list', ...words] = line.words;
  return oneOf(DEEDS, 'triggers', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  list: () => async (context) => tell(context, await context.client.triggers.list()),
  add: (words, { plan, condition, sut = [], proof: way = 'token', ...allowed }) => {
    const name = onlyOf(words, 'NAME');
    if (plan === undefined) throw new UsageError('A trigger needs --plan NAME.');
    const proof = TriggerProof.options.find((option) => option === way);
    if (proof === undefined) throw new UsageError(`--proof takes one of ${TriggerProof.options.join(', ')}.`);
    return async (context) => {
      const { client } = context;
      const planId = (await needPlan(client, plan)).id;
      const conditionId = condition === undefined ? null : (await needCondition(client, condition)).id;
      const { 'allow-condition': conditions = [], 'allow-variable': variables = [] } = allowed;
      const content = { name, planId, conditionId, suts: sut, proof, conditions, variables };
      return tellSecret(context, await client.triggers.save({ content }));
    };
  },
  rotate: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => tellSecret(context, await context.client.triggers.rotate({ id: await idOf(context, word) }));
  },
  remove: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => tell(context, await context.client.triggers.remove({ id: await idOf(context, word) }));
  },
  deliveries: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => {
      const id = await idOf(context, word);
      const deliveries = (await context.client.triggers.list()).find((trigger) => trigger.id === id)?.deliveries ?? [];
      const line = ({ lastAt, key, times, runId, problem }: Trigger['deliveries'][number]) => [
        ...[new Date(lastAt).toISOString(), key ?? '', times === 1 ? 'once' : `${times} times`],
        runId ?? problem ?? '',
      ];
      context.output.answer(deliveries, () => (deliveries.length === 0 ? 'Nothing has come yet.' : columns(deliveries.map(line))));
      return EXIT.passed;
    };
  },
};

async function idOf({ client }: CommandContext, word: string): Promise<string> {
  return (await client.triggers.list()).find(({ id, name }) => id === word || name === word)?.id ?? word;
}

function tellSecret({ output }: CommandContext, { triggers: all, id, secret }: TriggerChange): number {
  const trigger = all.find((each) => each.id === id);
  output.answer({ trigger, secret }, () => `POST ${trigger?.address ?? ''}\nSecret, shown only now: ${secret ?? 'as before'}`);
  return EXIT.passed;
}

function tell({ output }: CommandContext, found: Trigger[]): number {
  output.answer(found, () => (found.length === 0 ? 'No trigger yet.' : columns(found.map(triggerLine))));
  return EXIT.passed;
}

function triggerLine({ name, planName, proof, enabled, address, deliveries }: Trigger): string[] {
  return [name, planName ?? 'its plan is gone', proof, enabled ? 'on' : 'off', address, deliveries[0]?.problem ?? ''];
}
