import type { CSSProperties, ReactElement } from 'react';
import type { MatrixCellTime } from '../../../src-shared/model/matrix.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { formatCount, formatDuration } from '../../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../../src-shared/text/words.ts';
import { MARK_WORDS, markOfRun } from '../../kit/marks.ts';
import { doneCount } from '../../kit/phases.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { VerdictStrip } from '../../kit/VerdictStrip.tsx';
import { changeOf, type View } from './model/grid.ts';

interface Props {
  /** Null: it was removed since. */
  readonly run: RunSummary | null | undefined;
  readonly planned: boolean;
  /** Empty until they are read. */
  readonly points: MatrixCellTime['points'];
  readonly view: View;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: (id: string) => void;
}

const STRIP = 12;

/** Verdict with passed of all; below it how long it took, where it is, or why it waits. */
export function Cell({ run, planned, points, view, selected, onSelect, onOpen }: Props): ReactElement {
  if (!planned || run == null)
    return (
      <span
        role="gridcell"
        className={`matrix-cell none dim small${selected ? ' selected' : ''}`}
        aria-selected={selected}
        onClick={onSelect}
      >
        {planned ? 'run was removed' : 'not planned'}
      </span>
    );
  const mark = markOfRun(run);
  const change = run.state === 'ended' ? changeOf(points) : null;
  return (
    <span
      role="gridcell"
      className={`matrix-cell is-${mark}${selected ? ' selected' : ''}${view === 'changes' && change === null ? ' as-before' : ''}`}
      aria-selected={selected}
      aria-label={`${MARK_WORDS[mark]}, ${formatCount(run.counts.passed)} of ${formatCount(run.total)} passed`}
      title={run.happened ?? undefined}
      onClick={onSelect}
      onDoubleClick={() => onOpen(run.id)}
    >
      <span className={`row tight ${mark === 'passed' ? '' : `mark-${mark}`}`}>
        <VerdictIcon mark={mark} decorative />
        <span className={`figures ${mark === 'passed' ? '' : 'strong'}`}>{mark === 'queued' ? 'Waiting' : figuresOf(run)}</span>
        {change === null ? null : <span className={`matrix-change mark-${mark}`}>{change}</span>}
      </span>
      {view === 'time' && run.state === 'ended' ? (
        <VerdictStrip verdicts={points.slice(-STRIP).map(({ verdict }) => verdict)} />
      ) : (
        <Below run={run} />
      )}
    </span>
  );
}

function figuresOf(run: RunSummary): string {
  const done = run.state === 'ended' ? run.counts.passed : doneCount(run);
  return run.total === 0 && run.state !== 'ended' ? STATE_WORDS[run.state] : `${formatCount(done)} / ${formatCount(run.total)}`;
}

function Below({ run }: { readonly run: RunSummary }): ReactElement {
  if (run.state === 'queued')
    return <span className="tiny dim ellipsis">{run.queuePosition === null ? (run.happened ?? '') : `place ${run.queuePosition}`}</span>;
  if (run.state !== 'ended' && run.total > 0)
    return (
      <span className="bar running" style={{ '--progress': `${(doneCount(run) / run.total) * 100}%` } as CSSProperties}>
        <i />
      </span>
    );
  const took = run.startedAt === null || run.endedAt === null ? null : formatDuration(run.endedAt - run.startedAt);
  const loud = run.verdict === 'error' || run.verdict === 'lost' || run.verdict === 'stopped';
  return <span className="tiny dim ellipsis">{loud ? (run.happened ?? took) : took}</span>;
}
