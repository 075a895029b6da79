import type { ReactElement } from 'react';
import type { HistoryPoint } from '../../../src-shared/model/history.ts';
import { formatElapsed } from '../../../src-shared/text/quantities.ts';
import { useNow } from '../../kit/use-now.ts';
import { formatWhen } from '../../kit/format.ts';

const WIDTH = 720;
const HEIGHT = 96;

/** One mark a run, in order; a dashed line where revision, environment or image changed. */
export function Durations({ points }: { readonly points: readonly HistoryPoint[] }): ReactElement {
  const now = useNow('minute');
  const most = Math.max(1, ...points.map(({ tookMs }) => tookMs ?? 0));
  const step = WIDTH / Math.max(1, points.length);
  const high = (tookMs: number): number => HEIGHT - 4 - (tookMs / most) * (HEIGHT - 8);
  const first = points[0];
  const last = points.at(-1);
  return (
    <div className="history-plot">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={`Durations of ${points.length} runs, the longest ${formatElapsed(most)}`}
      >
        {points.map((point, index) => {
          const x = index * step + step / 2;
          const change = changeOf(points[index - 1], point);
          return (
            <g key={`${point.runId} ${index}`}>
              {change === null ? null : (
                <line className="history-change" x1={x - step / 2} x2={x - step / 2} y1={0} y2={HEIGHT}>
                  <title>{change}</title>
                </line>
              )}
              {point.tookMs === null ? null : (
                <rect
                  className={`history-mark mark-${point.verdict}`}
                  x={x - 2.5}
                  y={high(point.tookMs) - 2.5}
                  width={5}
                  height={5}
                  rx={point.verdict === 'passed' ? 2.5 : 0}
                >
                  <title>{`${formatWhen(point.at, now)}, ${formatElapsed(point.tookMs)}`}</title>
                </rect>
              )}
            </g>
          );
        })}
      </svg>
      <div className="row tiny dim">
        <span>{first === undefined ? '' : formatWhen(first.at, now)}</span>
        <span className="grow right">{last === undefined ? '' : formatWhen(last.at, now)}</span>
      </div>
    </div>
  );
}

function changeOf(before: HistoryPoint | undefined, { revision, lockHash, image }: HistoryPoint): string | null {
  if (before === undefined) return null;
  const changed = [
    before.revision === revision ? '' : `test data ${revision.slice(0, 8)}`,
    before.lockHash === lockHash ? '' : `environment ${lockHash?.slice(0, 8) ?? 'the default'}`,
    before.image === image ? '' : `image ${image ?? 'none'}`,
  ].filter((each) => each !== '');
  return changed.length === 0 ? null : changed.join(', ');
}
