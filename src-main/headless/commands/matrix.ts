import type { Matrix } from '../../../src-shared/model/matrix.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { conditionNamed, needPlan } from '../find-plan.ts';
import { WorkbenchError } from '../../errors.ts';
import { columns } from '../output.ts';
import { outcome } from '../run-text.ts';
import { UsageError } from '../usage.ts';

interface Values {
  condition?: string[];
  sut?: string[];
  name?: string;
  'no-wait'?: boolean;
}

/** `atn matrix PLAN...`: every plan under every condition on every SUT, all started or none; waits for the last of them. */
export const matrix: Command = (line) => {
  const values: Values = line.options({
    condition: { type: 'string', multiple: true },
    sut: { type: 'string', multiple: true },
    name: { type: 'string' },
    'no-wait': { type: 'boolean' },
  });
  const { words } = line;
  if (words.length === 0) throw new UsageError('PLAN is missing.');
  return async (context) => {
    const { client, output } = context;
    const plans = await Promise.all(words.map((word) => needPlan(client, word)));
    const conditionIds = await Promise.all((values.condition ?? []).map((word) => conditionId(context, word)));
    const made = await client.matrices.start({
      planIds: plans.map(({ id }) => id),
      conditionIds,
      suts: (values.sut ?? []).map((group) => group.split('+').map((name) => name.trim())),
      ...(values.name === undefined ? {} : { name: values.name }),
    });
    output.progress(`matrix ${made.id} ${made.name}, ${made.cellCount} runs`);
    const ended = values['no-wait'] === true ? made : await watchMatrix(context, made.id);
    output.answer(ended, () => grid(ended));
    return values['no-wait'] === true ? EXIT.passed : exitCodeOf(ended);
  };
};

async function conditionId({ client }: CommandContext, word: string): Promise<string> {
  const condition = await conditionNamed(client, word);
  if (condition === undefined) throw new WorkbenchError('NOT_FOUND', `There is no condition named ${word}. "atn conditions" lists them.`);
  return condition.id;
}

/** Ctrl-C asks all to stop; a cell is over when no retry of it is left either. */
async function watchMatrix({ client, output, interrupted }: CommandContext, id: string): Promise<Matrix> {
  const stop = (): void => {
    output.error('Asked all runs of the matrix to stop; their tear-downs run.');
    client.matrices.stop({ id }).catch((error: unknown) => output.error(String(error)));
  };
  interrupted.addEventListener('abort', stop, { once: true });
  let said = '';
  try {
    for await (const now of await client.matrices.watch({ id })) {
      const text = `${now.ended} of ${now.cellCount} ended: ${Object.entries(now.verdicts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(', ')}`;
      if (text !== said) output.progress(text);
      said = text;
      if (now.ended === now.cellCount) return now;
    }
    throw new WorkbenchError('TIMEOUT', `The harness stopped telling about the matrix ${id}.`);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}

/** What is worst counts: that runs could not do their work before that tests failed. */
function exitCodeOf({ cells }: Matrix): number {
  const verdicts = new Set(cells.map(({ run }) => run?.verdict ?? 'error'));
  if (verdicts.has('error') || verdicts.has('lost')) return EXIT.error;
  if (verdicts.has('failed')) return EXIT.failed;
  return verdicts.has('stopped') ? EXIT.stopped : EXIT.passed;
}

function grid({ rows, columns: suts, cells }: Matrix): string {
  const head = ['', '', ...suts.map((column) => column.suts.join('+') || 'no SUT')];
  const lines = rows.map(({ planName, conditionName }, row) => [
    planName,
    conditionName ?? '',
    ...suts.map((_column, column) => {
      const run = cells.find((cell) => cell.row === row && cell.column === column)?.run;
      return run == null ? '' : `${outcome(run)} ${run.counts.passed}/${run.total}`;
    }),
  ]);
  return columns([head, ...lines]);
}
