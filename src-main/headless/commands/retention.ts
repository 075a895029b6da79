import type { RetentionPolicy, RetentionPreview } from '../../../src-shared/model/retention.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import type { Command, CommandContext } from '../command.ts';
import { doneOf } from '../done-of.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';
import { oneOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

type Work = (context: CommandContext) => Promise<number>;
type Values = Readonly<Record<string, string | undefined>>;
const LIMITS = {
  'run-days': 'runDays',
  'run-count': 'runCount',
  'run-bytes': 'runBytes',
  'report-days': 'reportDays',
  'record-days': 'recordDays',
  'console-days': 'consoleDays',
} as const;

/** `atn retention show|set|preview|apply`. */
export const retention: Command = (line) => {
  const text = { type: 'string' } as const;
  const options = Object.fromEntries([...Object.keys(LIMITS), 'nightly'].map((name) => [name, text]));
  const values = line.options(options) as Values;
  const [name = 'show'] = line.words;
  return oneOf(DEEDS, 'retention', name)(values);
};

const DEEDS: Readonly<Record<string, (values: Values) => Work>> = {
  show:
    () =>
    async ({ client, output }) => {
      const policy = await client.retention.policy();
      output.answer(policy, () => policyText(policy));
      return EXIT.passed;
    },
  set: (values) => {
    const wanted = changesOf(values);
    return async ({ client, output }) => {
      const policy = await client.retention.savePolicy({ ...(await client.retention.policy()), ...wanted });
      output.answer(policy, () => policyText(policy));
      return EXIT.passed;
    };
  },
  preview:
    () =>
    async ({ client, output }) => {
      const preview = await client.retention.preview({});
      output.answer(preview, () => previewText(preview));
      return EXIT.passed;
    },
  apply:
    () =>
    async ({ client, output, interrupted }) => {
      const { digest } = await client.retention.preview({});
      const done = await doneOf(await client.retention.apply({ digest }, { signal: interrupted }), output);
      output.answer(done, () => [`${done.removed} removed, ${formatBytes(done.freed)} freed.`, ...done.troubles].join('\n'));
      return done.troubles.length === 0 ? EXIT.passed : EXIT.error;
    },
};

function changesOf(values: Values): Partial<RetentionPolicy> {
  const { nightly } = values;
  if (nightly !== undefined && nightly !== 'on' && nightly !== 'off') throw new UsageError('--nightly takes on or off.');
  const limits: Partial<Record<(typeof LIMITS)[keyof typeof LIMITS], number | null>> = {};
  for (const [option, key] of Object.entries(LIMITS)) {
    const given = values[option];
    if (given === undefined) continue;
    if (given !== 'none' && !/^[1-9]\d*$/u.test(given)) throw new UsageError(`--${option} takes a whole number above 0, or none.`);
    limits[key] = given === 'none' ? null : Number(given);
  }
  return { ...limits, ...(nightly === undefined ? {} : { nightly: nightly === 'on' }) };
}

function policyText(policy: RetentionPolicy): string {
  return columns([
    ['nightly', policy.nightly ? 'on' : 'off'],
    ...Object.entries(LIMITS).map(([option, key]) => [option, policy[key] === null ? 'none' : String(policy[key])]),
  ]);
}

function previewText({ items, total, bytes, runs }: RetentionPreview): string {
  const lines = items.map(({ runId, name, part, bytes: size, why }) => [runId.slice(0, 13), part, formatBytes(size), `by ${why}`, name]);
  const kept = `${runs.kept} of ${runs.all} runs stay, ${runs.protected} of them protected.`;
  if (total === 0) return `Nothing would go. ${kept}`;
  const more = total > items.length ? `, and ${total - items.length} more` : '';
  return `${columns(lines)}${more}\n${formatBytes(bytes)} would be freed. ${kept}`;
}
