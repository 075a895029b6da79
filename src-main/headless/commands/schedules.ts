import { MissedPolicy, type Schedule } from '../../../src-shared/model/schedule.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { needCondition, needPlan } from '../find-plan.ts';
import { columns } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

interface Values {
  cron?: string;
  zone?: string;
  plan?: string;
  condition?: string;
  sut?: string[];
  missed?: string;
}
type Work = (context: CommandContext) => Promise<number>;
const text = { type: 'string' } as const;

/** `atn schedules list|add|remove`. */
export const schedules: Command = (line) => {
  const values: Values = line.options({
    ...{ cron: text, zone: text, plan: text, condition: text },
    ...{ sut: { type: 'string', multiple: true }, missed: text },
  });
  const [name = 'list', ...words] = line.words;
  return oneOf(DEEDS, 'schedules', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  list: () => async (context) => tell(context, await context.client.schedules.list()),
  add: (words, { cron, zone = Intl.DateTimeFormat().resolvedOptions().timeZone, plan, condition, sut = [], missed: policy = 'skip' }) => {
    const name = onlyOf(words, 'NAME');
    if (cron === undefined || plan === undefined)
      throw new UsageError('A schedule needs --plan NAME and --cron "MINUTE HOUR DAY MONTH WEEKDAY".');
    const missed = MissedPolicy.options.find((option) => option === policy);
    if (missed === undefined) throw new UsageError(`--missed takes one of ${MissedPolicy.options.join(', ')}.`);
    return async (context) => {
      const { client } = context;
      const planId = (await needPlan(client, plan)).id;
      const conditionId = condition === undefined ? null : (await needCondition(client, condition)).id;
      return tell(context, await client.schedules.save({ content: { name, cron, zone, planId, conditionId, suts: sut, missed } }));
    };
  },
  remove: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => {
      const found = (await context.client.schedules.list()).find(({ id, name }) => id === word || name === word);
      return tell(context, await context.client.schedules.remove({ id: found?.id ?? word }));
    };
  },
};

function tell({ output }: CommandContext, found: Schedule[]): number {
  output.answer(found, () => (found.length === 0 ? 'No schedule yet.' : columns(found.map(scheduleLine))));
  return EXIT.passed;
}

function scheduleLine({ name, cron, zone, planName, next, problem }: Schedule): string[] {
  const [first] = next;
  return [
    name,
    `${cron} ${zone}`,
    planName ?? 'its plan is gone',
    first === undefined ? 'off' : `next ${new Date(first).toISOString()}`,
    problem ?? '',
  ];
}
