import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Matrix, MatrixCell, MatrixCellTime } from '../../../src-shared/model/matrix.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { markOfRun } from '../../kit/marks.ts';
import { Facts, Panel, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState } from '../../kit/States.tsx';
import { Duration, When } from '../../kit/Times.tsx';
import { VerdictBadge } from '../../kit/VerdictBadge.tsx';
import { passedBeside } from './model/grid.ts';
import { OverTime } from './OverTime.tsx';
import { WhatDiffers } from './WhatDiffers.tsx';

interface Props {
  readonly matrix: Matrix;
  readonly cell: MatrixCell;
  readonly points: MatrixCellTime['points'];
  readonly onClose: () => void;
}

/** The run of one cell, and those before it. */
export function CellDetail({ matrix, cell, points, onClose }: Props): ReactElement {
  const row = matrix.rows[cell.row];
  const suts = matrix.columns[cell.column]?.suts ?? [];
  const title = `${row?.planName ?? 'A plan'}${suts.length === 0 ? '' : ` on ${suts.join(', ')}`}`;
  const { run } = cell;
  const passed = run?.state === 'ended' && run.verdict !== 'passed' ? passedBeside(matrix, cell, 5) : [];
  const rerun = useAction(async (id: string) => client.runs.rerun({ id, failedOnly: true }));
  return (
    <Panel label={title}>
      <div className="row detail-title">
        {run === null ? null : <VerdictBadge mark={markOfRun(run)} />}
        <span className="grow" />
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <div className="cell-title">
        <h2 className="panel-title">{title}</h2>
        <div className="dim small">{row?.conditionName ?? 'no condition'}</div>
      </div>
      {run === null ? (
        <div className="detail-note">
          <EmptyState title="The run of this cell was removed" why="The grid keeps its place; run it again to fill it." />
        </div>
      ) : (
        <>
          <div className="row cell-title">
            <Button href={addresses.run(run.id)}>Open run</Button>
            {run.counts.failed > 0 ? <Button href={addresses.firstFailure(run.id)}>First failure</Button> : null}
            {passed.length > 0 ? <Button href={addresses.compare(run.id, ...passed)}>Compare</Button> : null}
            {run.state === 'ended' && run.counts.failed > 0 ? (
              <Button variant="quiet" busy={rerun.busy} onClick={() => void rerun.run(run.id)}>
                Rerun {formatCount(run.counts.failed)} failed
              </Button>
            ) : null}
          </div>
          {rerun.problem === null ? null : (
            <div className="detail-note">
              <ErrorState problem={rerun.problem} />
            </div>
          )}
          <div className="cell-title">
            <Facts
              facts={[
                ['Passed', `${formatCount(run.counts.passed)} of ${formatCount(run.total)}`],
                ['Failed', formatCount(run.counts.failed)],
                ['Started', run.startedAt === null ? 'not yet' : <When at={run.startedAt} />],
                ['Took', run.startedAt === null ? '' : <Duration from={run.startedAt} to={run.endedAt} />],
              ]}
            />
          </div>
          {run.happened === null ? null : <p className="mono small cell-title happened">{run.happened}</p>}
        </>
      )}
      {run === null || passed.length === 0 ? null : <WhatDiffers runId={run.id} passed={passed} />}
      <OverTime points={points} />
      <SectionHead ruled title="Runs of this cell" count={cell.runIds.length} />
      <ul className="cell-runs scroll grow">
        {cell.runIds.toReversed().map((id, index) => (
          <li key={id}>
            <Link href={addresses.run(id)}>
              {index === 0 ? 'Newest' : `${formatCount(index)} before`} <span className="mono dim">{id.slice(0, 8)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
