import { readFileSync } from 'node:fs';
import { MailRoute, ToldOf, type Channel, type ChannelInput } from '../../../src-shared/model/notification.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { needPlan } from '../find-plan.ts';
import { columns } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

interface Values {
  'url-file'?: string;
  'key-file'?: string;
  chat?: boolean;
  smtp?: string;
  'smtp-user'?: string;
  'smtp-security'?: string;
  'mail-from'?: string;
  'mail-to'?: string;
  on?: string[];
  plan?: string;
}
type Work = (context: CommandContext) => Promise<number>;
const text = { type: 'string' } as const;

/** `atn notifications list|add|remove|test|deliveries`. */
export const notifications: Command = (line) => {
  const values: Values = line.options({
    ...{ 'url-file': text, 'key-file': text, plan: text },
    ...{ smtp: text, 'smtp-user': text, 'smtp-security': text, 'mail-from': text, 'mail-to': text },
    ...{ chat: { type: 'boolean' }, on: { type: 'string', multiple: true } },
  });
  const [name = 'list', ...words] = line.words;
  return oneOf(DEEDS, 'notifications', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  list: () => async (context) => tell(context, await context.client.notifications.list()),
  add: (words, values) => {
    const name = onlyOf(words, 'NAME');
    const goes = whereTo(values);
    const of = (values.on ?? ['failed']).map(toldOf);
    return async (context) => {
      const planId = values.plan === undefined ? null : (await needPlan(context.client, values.plan)).id;
      const key = values['key-file'] === undefined ? {} : { key: readLine(values['key-file']) };
      const content: ChannelInput = { name, of, planId, enabled: true, ...goes, ...key };
      return tell(context, await context.client.notifications.save({ content }));
    };
  },
  remove: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => tell(context, await context.client.notifications.remove({ id: await idOf(context, word) }));
  },
  test: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => {
      const { problem } = await context.client.notifications.test({ id: await idOf(context, word) });
      context.output.answer({ problem }, () => problem ?? 'It has arrived.');
      return problem === null ? EXIT.passed : EXIT.failed;
    };
  },
  deliveries: (words) => {
    const word = onlyOf(words, 'NAME');
    return async (context) => {
      const found = (await context.client.notifications.list()).find(({ id, name }) => id === word || name === word);
      const deliveries = found?.deliveries ?? [];
      context.output.answer(deliveries, () =>
        deliveries.length === 0
          ? 'Nothing was sent yet.'
          : columns(
              deliveries.map(({ runId, runName, of, state, tries, problem }) => [
                runId,
                runName,
                of.join(','),
                state,
                `${tries} tries`,
                problem ?? '',
              ]),
            ),
      );
      return EXIT.passed;
    };
  },
};

function whereTo(values: Values): Pick<ChannelInput, 'kind' | 'url' | 'mail'> {
  const file = values['url-file'];
  if (values.smtp !== undefined) return { kind: 'mail', mail: mailRoute(values, values.smtp) };
  if (file === undefined)
    throw new UsageError(
      'A notification needs --url-file FILE with the address of the webhook (- reads it from the input), or --smtp HOST:PORT.',
    );
  return { kind: values.chat === true ? 'chat' : 'webhook', url: readLine(file), mail: null };
}

function mailRoute(values: Values, address: string): MailRoute {
  const [, server = address, port = '587'] = /^(.*?)(?::(\d+))?$/u.exec(address) ?? [];
  const found = MailRoute.safeParse({
    ...{ server, port: Number(port), security: values['smtp-security'], user: values['smtp-user'], from: values['mail-from'] },
    to: (values['mail-to'] ?? '').split(',').filter((each) => each !== ''),
  });
  if (!found.success) throw new UsageError(`Mail needs --mail-from and --mail-to. ${found.error.issues[0]?.message ?? ''}`);
  return found.data;
}

function toldOf(word: string): ToldOf {
  const found = ToldOf.options.find((option) => option === word);
  if (found === undefined) throw new UsageError(`--on takes one of ${ToldOf.options.join(', ')}.`);
  return found;
}

/** From a file, because command lines are seen by everybody on a computer. */
function readLine(file: string): string {
  return readFileSync(file === '-' ? 0 : file, 'utf8').trim();
}

async function idOf({ client }: CommandContext, word: string): Promise<string> {
  return (await client.notifications.list()).find(({ id, name }) => id === word || name === word)?.id ?? word;
}

function tell({ output }: CommandContext, found: Channel[]): number {
  output.answer(found, () => (found.length === 0 ? 'No notification yet.' : columns(found.map(channelLine))));
  return EXIT.passed;
}

function channelLine({ name, kind, host, of, planId, planName, enabled, deliveries }: Channel): string[] {
  const plan = planId === null ? 'all runs' : (planName ?? 'its plan is gone');
  return [name, kind, host, of.join(', '), plan, enabled ? 'on' : 'off', deliveries[0]?.problem ?? ''];
}
