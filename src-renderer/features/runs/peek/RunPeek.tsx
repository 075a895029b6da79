import { ArrowRight, RotateCcw, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../../src-shared/model/run.ts';
import { client } from '../../../bridge/client.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { Counts, CountsBar } from '../../../kit/Counts.tsx';
import { formatPerson, formatStart } from '../../../kit/format.ts';
import { markOfRun } from '../../../kit/marks.ts';
import { Facts, Panel } from '../../../kit/Page.tsx';
import { restToRerun } from '../../../kit/rerun.ts';
import { Duration } from '../../../kit/Times.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { VerdictBadge } from '../../../kit/VerdictBadge.tsx';
import { useMe } from '../../../state/system.ts';
import { useLive } from '../list/cells.tsx';
import { PeekFailures } from './PeekFailures.tsx';

interface Props {
  readonly run: RunSummary;
  readonly onClose: () => void;
  readonly onDeed: (deed: Promise<unknown>, done: string) => void;
}

/** The run in focus, beside the list: what it came to and what failed first, without leaving the list. */
export function RunPeek({ run: row, onClose, onDeed }: Props): ReactElement {
  const run = useLive(row);
  const rerun = (failedOnly: boolean): void => onDeed(client.runs.rerun({ id: run.id, failedOnly }), `${run.name} is queued again`);
  const rest = run.state === 'ended' ? restToRerun(run) : null;
  return (
    <Panel label={run.name}>
      <div className="peek-head">
        <div className="row">
          <VerdictBadge mark={markOfRun(run)} />
          <Counts counts={{ ...run.counts, notRun: run.state === 'ended' ? run.counts.notRun : 0 }} total={run.total} />
          <span className="grow" />
          <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
        </div>
        <h2 className="panel-title ellipsis" title={run.name}>
          {run.name}
        </h2>
        <CountsBar counts={run.counts} total={run.total} />
        <div className="row">
          <Button icon={<ArrowRight />} href={addresses.run(run.id)}>
            Open
          </Button>
          {run.state === 'ended' ? (
            <Button variant="quiet" icon={<RotateCcw />} onClick={() => rerun(rest !== null)}>
              {rest ?? 'Rerun'}
            </Button>
          ) : null}
        </div>
      </div>
      <div className="scroll grow">
        <div className="peek-facts">
          <About run={run} />
        </div>
        <PeekFailures run={run} />
      </div>
    </Panel>
  );
}

function About({ run }: { readonly run: RunSummary }): ReactElement {
  const me = useMe();
  const now = useNow('minute');
  const facts: (readonly [string, ReactElement | string])[] = [
    ['Started', `${formatStart(run.startedAt ?? run.createdAt, now)} by ${formatPerson(run.startedBy, me)}`],
    ['Duration', <Duration key="duration" from={run.startedAt ?? run.createdAt} to={run.endedAt} />],
    ['SUTs', run.suts.length === 0 ? 'none' : run.suts.join(', ')],
    ['Condition', run.condition ?? 'none'],
    ['Data', <Data key="data" run={run} />],
  ];
  if (run.rerunOf !== null)
    facts.push([
      'Rerun of',
      <Link key="rerun" href={addresses.run(run.rerunOf)}>
        an earlier run
      </Link>,
    ]);
  if (run.happened !== null)
    facts.push([
      'What happened',
      <span key="happened" className="peek-happened">
        {run.happened}
      </span>,
    ]);
  return <Facts facts={facts} />;
}

function Data({ run }: { readonly run: RunSummary }): ReactElement {
  const short = run.revision.slice(0, 7);
  if (run.testDataId === null) return <span className="mono">{short}</span>;
  return (
    <Link className="mono" href={addresses.oneTestData(run.testDataId)}>
      {short}
    </Link>
  );
}
