import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { formatDuration } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { markOfRun } from '../../kit/marks.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useRuns } from '../../state/runs.ts';

const RECENT = 12;

export function EndedRuns(): ReactElement {
  const settled = useRuns((state) => state.settled);
  const { data, problem, again } = useCall((signal) => client.runs.list({ states: ['ended'], limit: RECENT }, { signal }), [settled]);
  return (
    <section aria-label="Ended">
      <SectionHead
        ruled
        title="Ended"
        count={data === null ? undefined : `${data.rows.length} of ${data.total}`}
        actions={
          <Button small variant="quiet" href={addresses.runs}>
            All runs
          </Button>
        }
      />
      {problem === null ? null : <ErrorState problem={problem} onRetry={again} />}
      {data?.rows.length === 0 ? <p className="activity-none dim small">Nothing has ended yet.</p> : null}
      {(data?.rows ?? []).map(({ run }) => (
        <Ended key={run.id} run={run} />
      ))}
    </section>
  );
}

function Ended({ run }: { readonly run: RunSummary }): ReactElement {
  const rerun = useAction(() => client.runs.rerun({ id: run.id }));
  const begun = run.startedAt ?? run.endedAt ?? run.createdAt;
  return (
    <div className="activity-ended">
      <VerdictIcon mark={markOfRun(run)} />
      <Link className="strong ellipsis activity-name" href={addresses.run(run.id)}>
        {run.name}
      </Link>
      <span className="mid ellipsis">{run.suts.join(', ')}</span>
      <span className="mid ellipsis small" title={rerun.problem?.message ?? run.happened ?? undefined}>
        {rerun.problem?.message ?? run.happened ?? `${run.counts.passed} of ${run.total} passed`}
      </span>
      <span className="dim small figures right nowrap" title="Waited">
        {formatDuration(begun - run.createdAt)}
      </span>
      <span className="small figures right nowrap" title="Took">
        {run.startedAt === null || run.endedAt === null ? '' : formatDuration(run.endedAt - run.startedAt)}
      </span>
      <span className="dim small right nowrap">{run.endedAt === null ? null : <When at={run.endedAt} />}</span>
      <Button small variant="quiet" label={`Rerun ${run.name}`} busy={rerun.busy} onClick={() => void rerun.run()}>
        Rerun
      </Button>
    </div>
  );
}
