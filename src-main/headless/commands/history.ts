import type { Comparison } from '../../../src-shared/model/comparison.ts';
import { HISTORY_KINDS, type History, type HistoryOverview, type TestNews } from '../../../src-shared/model/history.ts';
import { FLAKINESS_WORDS } from '../../../src-shared/model/history-figures.ts';
import { formatDuration } from '../../../src-shared/text/quantities.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { columns } from '../output.ts';
import { localTime } from '../run-text.ts';
import { UsageError } from '../usage.ts';

interface Values {
  sut?: string;
  condition?: string;
  days?: string;
}
const text = { type: 'string' } as const;

/** `atn history [KIND KEY]`. */
export const history: Command = (line) => {
  const { sut, condition, days = '90' }: Values = line.options({ sut: text, condition: text, days: text });
  const [word, key, ...more] = line.words;
  if (word === undefined)
    return async ({ client, output }) => {
      const found = await client.history.overview();
      output.answer(found, () => overviewText(found));
      return EXIT.passed;
    };
  const kind = HISTORY_KINDS.find((each) => each === word);
  if (kind === undefined) throw new UsageError(`history knows ${HISTORY_KINDS.join(', ')}, not "${word}".`);
  if (key === undefined || more.length > 0) throw new UsageError(`Name one ${kind}, in quotes where it has spaces.`);
  if (!/^[1-9]\d{0,3}$/u.test(days)) throw new UsageError(`"${days}" is not a number of days.`);
  const filter = { ...(sut === undefined ? {} : { sut }), ...(condition === undefined ? {} : { condition }) };
  return async ({ client, output }) => {
    const found = await client.history.of({ kind, key, days: Number(days), ...filter });
    output.answer(found, () => historyText(found));
    return EXIT.passed;
  };
};

/** `atn compare RUN RUN...` */
export const compare: Command = (line) => {
  line.options({});
  if (line.words.length < 2) throw new UsageError('Name two runs at least.');
  return async ({ client, output }) => {
    const runs = await Promise.all(line.words.map((word) => findRun(client, word)));
    const found = await client.history.compare({ ids: runs.map(({ id }) => id) });
    output.answer(found, () => comparisonText(found));
    return EXIT.passed;
  };
};

const percent = (share: number | null): string => (share === null ? 'no pairs' : `${Math.round(share * 1000) / 10} %`);
const newsLine = ({ longName, flakiness, message }: TestNews): string[] => ['', longName, percent(flakiness.share), message ?? ''];

function overviewText({ broke, flaky, clusters }: HistoryOverview): string {
  const part = (title: string, lines: string[][]): string[] => (lines.length === 0 ? [] : [title, columns(lines)]);
  const parts = [
    ...part('Broke within a day', broke.map(newsLine)),
    ...part('Flaky', flaky.map(newsLine)),
    ...part(
      'Messages of a week',
      clusters.map(({ count, shape }) => ['', String(count), shape]),
    ),
  ];
  return parts.length === 0 ? 'Nothing broke within a day, and nothing is flaky.' : parts.join('\n');
}

function historyText({ points, counts, failing, suspicion, flakiness, clusters, medianMs, time, more }: History): string {
  if (points.length === 0) return 'There is no run of it in this time.';
  const tally = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  return [
    `${points.length}${more ? ' newest' : ''} runs: ${tally.join(', ')}${medianMs === null ? '' : `, median ${formatDuration(medianMs)}`}`,
    ...(failing === null
      ? []
      : [`Fails ${failing.runs} times in a row, since ${localTime(failing.since.at)} (run ${failing.since.runId})`]),
    ...(failing?.changed ?? []).map((change) => `  changed since it passed: ${change}`),
    ...(suspicion === null
      ? []
      : [`Passes elsewhere (${suspicion.elsewherePassed} of ${suspicion.elsewhereOf}), suspect the machine ${suspicion.sut}`]),
    `Flakiness: ${percent(flakiness.share)}, ${flakiness.changed} of ${flakiness.pairs} pairs${flakiness.flaky ? ', flaky' : ''}`,
    `  ${FLAKINESS_WORDS}`,
    ...(time === null ? [] : [`Held ${formatDuration(time.heldMs)}, used by runs ${formatDuration(time.usedMs)}`]),
    ...clusters.map(({ count, shape }) => `  ${count} x ${shape}`),
    columns(
      points
        .slice(-20)
        .reverse()
        .map(({ at, runId, verdict, runName, suts, message }) => [
          localTime(at),
          runId.slice(0, 13),
          verdict,
          runName,
          suts.join(', '),
          message ?? '',
        ]),
    ),
  ].join('\n');
}

function comparisonText({ runs, facts, tests, equalLeftOut }: Comparison): string {
  const differing = facts.filter(({ differs }) => differs);
  const others = tests.filter(({ differs }) => differs);
  return [
    columns([
      ['', ...runs.map(({ id }) => id.slice(0, 13))],
      ['verdict', ...runs.map(({ verdict, state }) => verdict ?? state)],
      ...differing.map(({ name, values }) => [name, ...values.map((value) => value ?? '-')]),
    ]),
    `${facts.length - differing.length} facts are equal`,
    ...(others.length === 0
      ? []
      : [columns(others.map(({ longName, outcomes }) => [longName, ...outcomes.map((outcome) => outcome?.status ?? '-')]))]),
    `${tests.length - others.length + equalLeftOut} tests came out equal`,
  ].join('\n');
}
