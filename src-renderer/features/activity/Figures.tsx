import type { ReactElement } from 'react';
import type { ActivityFigures, KindFigures } from '../../../src-shared/model/activity.ts';
import { formatCount, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { formatWhen } from '../../kit/format.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { useNow } from '../../kit/use-now.ts';
import { Line } from './Line.tsx';

const WIDTH = 320;
const HEIGHT = 72;
const SPAN_WORDS = { hour: '5 minutes', day: 'an hour', week: '6 hours' } as const;

const KIND_WORDS: Readonly<Record<KindFigures['kind'], string>> = {
  run: 'Run',
  preparing: 'Preparing',
  provisioning: 'Provisioning',
  executing: 'Executing',
  tearingDown: 'Tear-down',
  collecting: 'Collecting',
};

const length = (value: number | null): string => (value === null ? '' : formatElapsed(value));

export function Figures({ figures }: { readonly figures: ActivityFigures }): ReactElement {
  const { buckets, span, waitMedianMs, waitP95Ms, reruns } = figures;
  const most = Math.max(0, ...buckets.map(({ waiting }) => waiting));
  return (
    <>
      <SectionHead
        ruled
        title={`Ended runs in ${SPAN_WORDS[span]}`}
        actions={<span className="dim small">{formatCount(buckets.reduce((sum, { ended }) => sum + ended, 0))} in all</span>}
      />
      <Bars figures={figures} />
      <SectionHead
        ruled
        title="Waiting in queue"
        actions={
          <span className="dim small figures">
            {waitMedianMs === null ? 'nobody waited' : `median wait ${length(waitMedianMs)}, 95 % ${length(waitP95Ms)}, most ${most}`}
          </span>
        }
      />
      <div className="activity-plot">
        <Line values={buckets.map(({ waiting }) => waiting)} label={`Runs waiting, at most ${most}`} width={WIDTH} height={44} />
      </div>
      <SectionHead
        ruled
        title="By kind"
        about="failed, error and lost together"
        actions={<span className="dim small">{reruns} reruns</span>}
      />
      <table className="activity-kinds small">
        <thead>
          <tr>
            <th>Job</th>
            <th className="right">Done</th>
            <th className="right">Median</th>
            <th className="right">95 %</th>
            <th className="right">Failed</th>
          </tr>
        </thead>
        <tbody>
          {figures.kinds.map((kind) => (
            <tr key={kind.kind}>
              <td>{KIND_WORDS[kind.kind]}</td>
              <td className="right figures">{formatCount(kind.done)}</td>
              <td className="right figures">{length(kind.medianMs)}</td>
              <td className="right figures">{length(kind.p95Ms)}</td>
              <td className={`right figures${kind.failed > 0 ? ' mark-failed' : ''}`}>
                {kind.done === 0 ? '' : `${formatCount(kind.failed)}, ${Math.round((kind.failed * 1000) / kind.done) / 10} %`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What failed stands at the ground, in front of all that ended. */
function Bars({ figures: { buckets, from, to } }: { readonly figures: ActivityFigures }): ReactElement {
  const now = useNow('minute');
  const most = Math.max(1, ...buckets.map(({ ended }) => ended));
  const width = WIDTH / buckets.length;
  const high = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 4)));
  const ended = buckets.reduce((sum, bucket) => sum + bucket.ended, 0);
  const unhappy = buckets.reduce((sum, bucket) => sum + bucket.unhappy, 0);
  return (
    <div className="activity-plot">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${ended} ended, ${unhappy} of them failed, error or lost; at most ${most} in one bar`}
      >
        {buckets.map((bucket, index) => (
          <g key={bucket.from}>
            <rect
              className="ended-bar"
              x={index * width + 1}
              width={width - 2}
              y={HEIGHT - high(bucket.ended)}
              height={high(bucket.ended)}
            />
            <rect
              className="ended-bar unhappy"
              x={index * width + 1}
              width={width - 2}
              y={HEIGHT - high(bucket.unhappy)}
              height={high(bucket.unhappy)}
            />
          </g>
        ))}
      </svg>
      <div className="row tiny dim">
        <span>{formatWhen(from, now)}</span>
        <span className="grow right">{formatWhen(Math.min(to, now), now)}</span>
      </div>
    </div>
  );
}
