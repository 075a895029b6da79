import { Minus, Pause, Play, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { ACTIVITY_SPANS, type Activity, type ActivitySpan } from '../../../src-shared/model/activity.ts';
import { formatAmount, formatBytes, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { useFeed } from '../../bridge/use-feed.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { toProblem, type Problem } from '../../kit/problem.ts';
import { Segments } from '../../kit/Segments.tsx';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useRuns } from '../../state/runs.ts';
import { changeSettings } from '../../state/system.ts';
import { ActiveRuns } from './ActiveRuns.tsx';
import { EndedRuns } from './EndedRuns.tsx';
import { Figures } from './Figures.tsx';
import { Queue } from './Queue.tsx';
import './activity.css';

const SPANS = [
  { value: 'hour', label: '1 h' },
  { value: 'day', label: '24 h' },
  { value: 'week', label: '7 d' },
] as const;

export default function ActivityPage(): ReactElement {
  const [now, setNow] = useState<Activity | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useFeed<Activity>(
    {
      open: (signal) => client.activity.watch(undefined, { signal }),
      apply: (items) => {
        setProblem(null);
        setNow((before) => items.at(-1) ?? before);
      },
      onProblem: (error) => setProblem(toProblem(error)),
    },
    [],
  );
  useCrumbs([{ label: 'Activity' }]);
  return (
    <>
      <PageHead
        title="Activity"
        about={now === null ? undefined : `${now.active.length} active, ${now.queue.length} queued`}
        actions={now === null ? undefined : <Steering now={now} />}
      />
      {problem === null ? null : (
        <div className="page-body">
          <ErrorState problem={problem} />
        </div>
      )}
      <div className="split ruled activity">
        <div className="pane grow activity-main">
          {now === null ? (
            <LoadingShape rows={8} />
          ) : (
            <>
              <ActiveRuns now={now} />
              <Threads now={now} />
              <Queue queue={now.queue} paused={now.paused} />
              <EndedRuns />
            </>
          )}
        </div>
        <div className="pane activity-side">
          <Past />
        </div>
      </div>
    </>
  );
}

/** Both count at once and are kept; what runs goes on. */
function Steering({ now: { workers, paused } }: { readonly now: Activity }): ReactElement {
  const change = useAction((count: number) => changeSettings({ workers: count }));
  const pause = useAction(() => client.system.pauseQueue({ paused: !paused }));
  return (
    <>
      {(change.problem ?? pause.problem) === null ? null : (
        <span className="small mark-failed ellipsis" role="alert">
          {(change.problem ?? pause.problem)?.message}
        </span>
      )}
      <span className="row tight" role="group" aria-label="Workers">
        <span className="mid">Workers</span>
        <Button
          small
          icon={<Minus />}
          label="One worker less"
          busy={change.busy}
          disabledReason={workers <= 1 ? 'One is the least' : null}
          onClick={() => void change.run(workers - 1)}
        />
        <b className="strong figures workers" aria-live="polite">
          {workers}
        </b>
        <Button
          small
          icon={<Plus />}
          label="One worker more"
          busy={change.busy}
          disabledReason={workers >= 64 ? '64 is the most' : null}
          onClick={() => void change.run(workers + 1)}
        />
      </span>
      <Button icon={paused ? <Play /> : <Pause />} busy={pause.busy} onClick={() => void pause.run()}>
        {paused ? 'Resume queue' : 'Pause queue'}
      </Button>
    </>
  );
}

function Threads({ now: { pools, harness } }: { readonly now: Activity }): ReactElement {
  const { runs, oobm } = pools;
  return (
    <section aria-label="Threads">
      <SectionHead ruled title="Threads" about="Since the start of the harness" />
      <dl className="activity-threads small figures">
        <dt>Runs pool</dt>
        <dd>
          {formatAmount(runs.threads, 'thread')}, {runs.busy} jobs under way, {runs.waiting} waiting, {runs.done} done, {runs.failed} broke
        </dd>
        <dt>BMC pool</dt>
        <dd>
          {oobm.threads} of {oobm.most} threads, {oobm.busy} commands under way, {oobm.done} answered, {oobm.failed} failed
          {oobm.p95Ms === null ? '' : `, 95 % within ${formatElapsed(oobm.p95Ms)}`}
        </dd>
        <dt>Harness</dt>
        <dd>
          {formatBytes(harness.memory)}, {harness.cpu ?? 0} % of a core, event loop late by {harness.delayP99Ms} ms (99 %),{' '}
          {harness.delayMaxMs} ms at most
        </dd>
      </dl>
    </section>
  );
}

function Past(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const span: ActivitySpan = ACTIVITY_SPANS.find((each) => each === search.get('span')) ?? 'day';
  const settled = useRuns((state) => state.settled);
  const { data, problem, again } = useCall((signal) => client.activity.figures({ span }, { signal }), [span, settled]);
  const choose = (value: ActivitySpan): void => setSearch((before) => ({ ...Object.fromEntries(before), span: value }), { replace: true });
  return (
    <>
      <SectionHead title="Figures" actions={<Segments label="Time" value={span} segments={SPANS} onChange={choose} />} />
      {problem === null ? null : <ErrorState problem={problem} onRetry={again} />}
      {data === null ? problem === null ? <LoadingShape rows={5} /> : null : <Figures figures={data} />}
    </>
  );
}
