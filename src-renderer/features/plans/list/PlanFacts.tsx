import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { TestPlan } from '../../../../src-shared/model/plan.ts';
import { formatAmount, formatDuration } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import { formatPerson } from '../../../kit/format.ts';
import { Chip, Facts } from '../../../kit/Page.tsx';
import { When } from '../../../kit/Times.tsx';
import { useLibraries } from '../../../state/libraries.ts';
import { useMe } from '../../../state/system.ts';
import { needText } from '../model/needs.ts';

/** What a plan says, in a line each; what it leaves as usual is left out. */
export function PlanFacts({ plan, cases }: { readonly plan: TestPlan; readonly cases: number | null }): ReactElement {
  const me = useMe();
  const { list } = useLibraries();
  const { options, selection, sutNeeds, libraries, version } = plan;
  const names = libraries.map(({ libraryId }) => list.find(({ id }) => id === libraryId)?.name ?? 'one that was removed');
  const needs = [...sutNeeds.tags.map((tag) => `tag ${tag}`), ...sutNeeds.fields.map(needText)];
  const limits = [
    ...(options.timeLimitMs === null ? [] : [`${formatDuration(options.timeLimitMs)} in all`]),
    ...(options.silenceLimitMs === null ? [] : [`${formatDuration(options.silenceLimitMs)} of silence`]),
  ];
  const facts: (readonly [string, ReactElement | string])[] = [
    [
      'Test data',
      <>
        <Link href={addresses.oneTestData(plan.testDataId)}>{plan.testDataName ?? 'removed'}</Link>
        <span className="dim">, {plan.revision === 'newest' ? 'always the newest revision' : `revision ${plan.revision.slice(0, 7)}`}</span>
      </>,
    ],
    ['Cases', <Selected selection={selection} cases={cases} />],
    ...(plan.order.by === 'data' ? [] : ([['Order', orderText(plan.order)]] as const)),
    ['Libraries', names.length === 0 ? 'those of the test data' : names.join(', ')],
    ['Machines', [sutNeeds.count === null ? 'any number' : formatAmount(sutNeeds.count, 'SUT'), ...needs].join(', ')],
    ...(limits.length === 0 ? [] : ([['Limits', limits.join(', ')]] as const)),
    ...(plan.retry.times === 0
      ? []
      : ([['Retries', `failures are run again, at most ${formatAmount(plan.retry.times, 'time')}`]] as const)),
    ...(options.robotOptions.length === 0 ? [] : ([['Options', <span className="mono">{options.robotOptions.join(' ')}</span>]] as const)),
    [
      'Saved',
      <>
        <When at={version.savedAt} /> by {formatPerson(version.savedBy, me)}, <span className="mono dim">{version.sha256.slice(0, 7)}</span>
      </>,
    ],
    ['Runs', formatAmount(plan.runCount, 'run')],
  ];
  return (
    <div className="plan-facts">
      {plan.doc === '' ? null : <p className="mid">{plan.doc}</p>}
      <Facts facts={facts} />
    </div>
  );
}

function orderText(order: TestPlan['order']): string {
  if (order.by === 'listed') return `${formatAmount(order.tests.length, 'case')} listed, the rest after them`;
  if (order.by === 'random') return order.seed === null ? 'random, drawn for each run' : `random, seed ${order.seed}`;
  return 'as in the test data';
}

function Selected({ selection, cases }: { readonly selection: TestPlan['selection']; readonly cases: number | null }): ReactElement {
  const named = selection.suites.length + selection.tests.length;
  const everything = named + selection.include.length + selection.exclude.length === 0;
  return (
    <span className="row tight wrap">
      {cases === null ? null : <b className="strong">{cases}</b>}
      {everything ? <span className="dim">everything</span> : null}
      {named === 0 ? null : <span className="dim">{formatAmount(named, 'suite or case', 'suites and cases')} chosen</span>}
      {selection.include.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
      {selection.exclude.map((tag) => (
        <Chip key={tag}>not {tag}</Chip>
      ))}
    </span>
  );
}
