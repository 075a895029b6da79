import type { Activity, ActivityFigures, PoolActivity } from '../../../src-shared/model/activity.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { formatBytes, formatDuration } from '../../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../../src-shared/text/words.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { columns } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

interface Values {
  watch?: boolean;
}
type Work = (context: CommandContext) => Promise<number>;

/** `atn activity [show]|pause|resume|workers|move`. */
export const activity: Command = (line) => {
  const values: Values = line.options({ watch: { type: 'boolean' } });
  const [name = 'show', ...words] = line.words;
  return oneOf(DEEDS, 'activity', name)(words, values);
};

const DEEDS: Readonly<Record<string, (words: string[], values: Values) => Work>> = {
  show: (words, { watch }) => {
    if (words.length > 0) throw new UsageError(`What is "${words.join(' ')}"?`);
    return watch === true ? follow : show;
  },
  pause: () => pause(true),
  resume: () => pause(false),
  workers: (words) => {
    const workers = numberOf(onlyOf(words, 'number of workers'));
    return async ({ client, output }) => {
      output.answer(await client.system.updateSettings({ workers }), () => `${workers} runs may run at once.`);
      return EXIT.passed;
    };
  },
  move: ([word, place, ...more]) => {
    if (word === undefined || place === undefined || more.length > 0) throw new UsageError('Name a run and its new place: move RUN 1.');
    const position = numberOf(place);
    return async ({ client, output }) => {
      const { id } = await findRun(client, word);
      const queue = await client.activity.move({ id, position });
      output.answer(queue, () => columns(queue.map(queueLine)));
      return EXIT.passed;
    };
  },
};

function numberOf(word: string): number {
  const value = Number(word);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`"${word}" is not a number from 1 on.`);
  return value;
}

function pause(paused: boolean): Work {
  return async ({ client, output }) => {
    const status = await client.system.pauseQueue({ paused });
    output.answer(status, () => (paused ? 'The queue is paused: what runs goes on, nothing new begins.' : 'The queue goes on.'));
    return EXIT.passed;
  };
}

const show: Work = async ({ client, output }) => {
  const [now, figures] = await Promise.all([client.activity.now(), client.activity.figures({ span: 'day' })]);
  output.answer({ ...now, figures }, () => [text(now), '', figuresText(figures)].join('\n'));
  return EXIT.passed;
};

/** One answer a change, until Ctrl-C. */
const follow: Work = async ({ client, output, interrupted }) => {
  try {
    for await (const now of await client.activity.watch(undefined, { signal: interrupted })) output.answer(now, () => `${text(now)}\n`);
  } catch (error) {
    if (!interrupted.aborted) throw error;
  }
  return EXIT.passed;
};

function text({ workers, paused, active, queue, pools, harness }: Activity): string {
  const lines = [
    `${active.length} of ${workers} workers busy, ${queue.length} queued${paused ? ', the queue is paused' : ''}`,
    ...(active.length === 0 ? [] : [columns(active.flatMap(activeLines))]),
    ...(queue.length === 0 ? [] : ['', 'Queue', columns(queue.map(queueLine))]),
    '',
    columns([poolLine('run threads', pools.runs), poolLine('BMC threads', pools.oobm)]),
    `harness: ${formatBytes(harness.memory)}, event loop late by ${harness.delayP99Ms} ms at the 99th percentile, ${harness.delayMaxMs} ms at most`,
  ];
  return lines.join('\n');
}

function activeLines({ run, processes, usage }: Activity['active'][number]): string[][] {
  const last = usage.at(-1);
  return [
    [
      run.id.slice(0, 13),
      run.name,
      run.suts.join(', '),
      STATE_WORDS[run.state],
      last === undefined ? '' : `${last.cpu ?? 0} %`,
      last === undefined ? '' : formatBytes(last.memory),
      run.happened ?? '',
    ],
    ...processes.map(({ pid, name, cpu, memory }) => [`  ${pid}`, `  ${name}`, '', '', `${cpu ?? 0} %`, formatBytes(memory), '']),
  ];
}

const queueLine = ({ queuePosition, id, name, suts, happened }: RunSummary): string[] => [
  String(queuePosition ?? '?'),
  id.slice(0, 13),
  name,
  suts.join(', '),
  happened ?? '',
];

const poolLine = (name: string, { threads, most, busy, waiting, done, failed, medianMs }: PoolActivity): string[] => [
  name,
  `${threads} of ${most}`,
  `${busy} busy, ${waiting} waiting`,
  `${done} done, ${failed} failed`,
  medianMs === null ? '' : `median ${formatDuration(medianMs)}`,
];

function figuresText({ kinds, waitMedianMs, waitP95Ms, reruns }: ActivityFigures): string {
  const length = (value: number | null): string => (value === null ? '-' : formatDuration(value));
  return [
    `Last 24 hours: waited ${length(waitMedianMs)} (median), ${length(waitP95Ms)} (95 %), ${reruns} reruns`,
    columns([
      ['kind', 'done', 'failed', 'median', '95 %'],
      ...kinds.map(({ kind, done, failed, medianMs, p95Ms }) => [kind, String(done), String(failed), length(medianMs), length(p95Ms)]),
    ]),
  ].join('\n');
}
