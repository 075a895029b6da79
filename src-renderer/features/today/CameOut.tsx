import { ArrowRight, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { RunList, RunListRow } from '../../../src-shared/contract/harness/runs.ts';
import { formatCount, formatDuration } from '../../../src-shared/text/quantities.ts';
import type { Call } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import type { Column } from '../../kit/DenseTable.tsx';
import { markOfRun } from '../../kit/marks.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { VerdictStrip } from '../../kit/VerdictStrip.tsx';

const COLUMNS: readonly Column<RunListRow>[] = [
  { id: 'mark', title: '', width: '32px', render: ({ run }) => <VerdictIcon mark={markOfRun(run)} /> },
  {
    id: 'name',
    title: 'Run',
    width: 'minmax(104px, 1.4fr)',
    render: ({ run }) => (
      <Link className="run-name strong" href={addresses.run(run.id)}>
        {run.name}
      </Link>
    ),
    hint: ({ run }) => run.name,
  },
  {
    id: 'suts',
    title: 'SUTs',
    width: 'minmax(56px, 1fr)',
    render: ({ run }) => run.suts.join(', '),
    hint: ({ run }) => run.suts.join(', '),
  },
  {
    id: 'condition',
    title: 'Condition',
    width: 'minmax(56px, 1fr)',
    render: ({ run }) => <span className="mid">{run.condition}</span>,
    hint: ({ run }) => run.condition ?? undefined,
  },
  { id: 'strip', title: 'Last 12', width: '92px', render: ({ strip }) => <VerdictStrip verdicts={strip} /> },
  {
    id: 'passed',
    title: 'Passed',
    width: '92px',
    align: 'right',
    render: ({ run }) => `${formatCount(run.counts.passed)} / ${formatCount(run.total)}`,
  },
  {
    id: 'duration',
    title: 'Duration',
    width: '92px',
    align: 'right',
    render: ({ run }) => (
      <span className="mid">{run.startedAt === null || run.endedAt === null ? '' : formatDuration(run.endedAt - run.startedAt)}</span>
    ),
  },
  {
    id: 'ended',
    title: 'Ended',
    width: '96px',
    align: 'right',
    render: ({ run }) => <span className="dim">{run.endedAt === null ? null : <When at={run.endedAt} />}</span>,
  },
];

export function CameOut({ recent }: { readonly recent: Call<RunList> }): ReactElement {
  const [, go] = useLocation();
  const { data, problem, again } = recent;
  return (
    <section aria-label="Came out" className="came-out">
      <SectionHead
        ruled
        title="Came out"
        about="newest first"
        actions={
          <>
            <Button variant="quiet" small href={addresses.history}>
              What broke
              <ArrowRight />
            </Button>
            <Button variant="quiet" small href={addresses.runs}>
              All runs
              <ArrowRight />
            </Button>
          </>
        }
      />
      {problem === null ? null : (
        <div className="inset">
          <ErrorState problem={problem} onRetry={again} />
        </div>
      )}
      {data === null && problem === null ? <LoadingShape rows={8} /> : null}
      {data !== null && data.rows.length === 0 ? <NoRuns /> : null}
      {data !== null && data.rows.length > 0 ? (
        <PlainTable
          label="Runs that ended last"
          columns={COLUMNS}
          rows={data.rows}
          keyOf={({ run }) => run.id}
          onOpen={({ run }) => go(addresses.run(run.id))}
        />
      ) : null}
    </section>
  );
}

function NoRuns(): ReactElement {
  return (
    <div className="inset">
      <EmptyState
        title="No run has ended yet"
        why="What comes out is listed here, with how the same run went before."
        actions={
          <Button small icon={<Play />} href={addresses.newRun()}>
            New run
          </Button>
        }
      />
    </div>
  );
}
