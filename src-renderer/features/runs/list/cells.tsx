import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../../src-shared/model/run.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../../../src-shared/text/words.ts';
import { addresses } from '../../../kit/addresses.ts';
import { CountsBar } from '../../../kit/Counts.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { markOfRun } from '../../../kit/marks.ts';
import { Clock, Duration } from '../../../kit/Times.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { useRuns } from '../../../state/runs.ts';
import { useMe } from '../../../state/system.ts';
import { useMarks } from '../marks.ts';

interface Cell {
  readonly run: RunSummary;
}

/** While it goes on, a run is as the feed last told it; the row only holds how it was when it was asked for. */
export function useLive(run: RunSummary): RunSummary {
  return useRuns((state) => state.active.get(run.id)) ?? run;
}

export function MarkCell({ run }: Cell): ReactElement {
  const live = useLive(run);
  const marked = useMarks((state) => state.ids.has(run.id));
  return (
    <span className={`run-mark${marked ? ' marked' : ''}`} title={marked ? 'Marked' : undefined}>
      <VerdictIcon mark={markOfRun(live)} />
      {marked ? <span className="visually-hidden">, marked</span> : null}
    </span>
  );
}

export function StartedCell({ run }: Cell): ReactElement {
  const live = useLive(run);
  return (
    <span className={live.startedAt === null ? 'dim' : 'mid'}>
      <Clock at={live.startedAt ?? live.createdAt} />
    </span>
  );
}

export function NameCell({ run }: Cell): ReactElement {
  return (
    <Link className="run-name strong" href={addresses.run(run.id)} tabIndex={-1}>
      {run.name}
    </Link>
  );
}

export function PassedCell({ run }: Cell): ReactElement {
  const { counts, total } = useLive(run);
  return (
    <span className="row passed-cell">
      <CountsBar counts={counts} total={total} width={44} />
      <span className="figures small mid">
        {formatCount(counts.passed)} / {formatCount(total)}
      </span>
    </span>
  );
}

export function DurationCell({ run }: Cell): ReactElement | null {
  const { startedAt, endedAt } = useLive(run);
  return startedAt === null ? null : (
    <span className="mid">
      <Duration from={startedAt} to={endedAt} />
    </span>
  );
}

export function ByCell({ run }: Cell): ReactElement {
  const me = useMe();
  return <span className="dim">{formatPerson(run.startedBy, me)}</span>;
}

/** What went wrong stands out; what goes on or went as asked does not. */
export function HappenedCell({ run }: Cell): ReactElement {
  const live = useLive(run);
  const loud = live.counts.failed > 0 || live.verdict === 'error' || live.verdict === 'lost';
  const text = happened(live);
  return (
    <span className={loud ? '' : 'dim'} title={text}>
      {text}
    </span>
  );
}

function happened({ state, happened: what }: RunSummary): string {
  if (state === 'ended' || state === 'queued') return what ?? (state === 'queued' ? STATE_WORDS.queued : '');
  return what === null ? STATE_WORDS[state] : `${STATE_WORDS[state]}, ${what}`;
}
