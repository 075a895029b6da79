import { useElementSize } from '@mantine/hooks';
import { useMemo, type ReactElement } from 'react';
import type { RunFilter } from '../../../../src-shared/contract/harness/runs.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { formatWhen } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { useRuns } from '../../../state/runs.ts';
import type { Filter } from '../filter/run-filter.ts';
import type { ChangeFilter } from '../filter/use-filter.ts';
import { axisOf, ticksOf, type Axis } from './axis.ts';
import { Bars } from './Bars.tsx';
import { useBrush } from './use-brush.ts';

interface Props {
  readonly filter: Filter;
  readonly query: RunFilter;
  readonly change: ChangeFilter;
}

const HEIGHT = 56;
/** Where the bars stand; the axis has its labels below. */
const GROUND = 40;

/** Runs over time; dragging over it narrows the list to that time. The same is in the menu of times, for the keyboard. */
export function Histogram({ filter, query, change }: Props): ReactElement {
  const now = useNow('minute');
  const settled = useRuns((state) => state.settled);
  const oldest = useCall((signal) => (filter.range === 'any' ? askOldest(signal) : Promise.resolve(null)), [filter.range]);
  const axis = useSteadyAxis(axisOf(filter.range, { now, oldest: oldest.data }));
  const { data } = useCall((signal) => client.runs.histogram({ ...query, ...axis }, { signal }), [query, axis, settled]);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const brush = useBrush(axis, (span) => change({ span }));
  const place = (at: number): number => ((at - axis.from) / (axis.to - axis.from)) * width;
  const span = brush.span ?? filter.span;
  const sum = (data ?? []).reduce((total, { counts }) => total + Object.values(counts).reduce((a, b) => a + b, 0), 0);
  return (
    <div className="histogram">
      <div ref={ref} className="plot" style={{ height: HEIGHT }} {...brush.handlers}>
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${formatAmount(sum, 'run')} from ${formatWhen(axis.from, now)} until now`}
        >
          {span === null ? null : <Region from={place(span.from)} to={place(span.to)} width={width} />}
          <Bars buckets={data ?? []} place={place} ground={GROUND} />
          {ticksOf(axis).map(({ at, label }) => (
            <g key={at} transform={`translate(${place(at)} 0)`} className="tick">
              <path d={`M.5 0V${HEIGHT - 2}`} />
              <text x={5} y={HEIGHT - 4}>
                {label}
              </text>
            </g>
          ))}
          <path className="ground" d={`M0 ${GROUND}.5H${width}`} />
          <NowLine at={place(now)} width={width} />
        </svg>
      </div>
    </div>
  );
}

/** The same object while its values are the same: minutes go by, the axis stays. */
function useSteadyAxis({ from, to, buckets }: Axis): Axis {
  return useMemo(() => ({ from, to, buckets }), [from, to, buckets]);
}

async function askOldest(signal: AbortSignal): Promise<number | null> {
  const { all } = await client.runs.list({ limit: 1 }, { signal });
  if (all === 0) return null;
  const { rows } = await client.runs.list({ offset: all - 1, limit: 1 }, { signal });
  return rows[0]?.run.createdAt ?? null;
}

function Region({ from, to, width }: { readonly from: number; readonly to: number; readonly width: number }): ReactElement {
  const [left, right] = [Math.max(0, from), Math.min(width, to)];
  return <rect className="region" x={left} y={0} width={Math.max(1, right - left)} height={GROUND} />;
}

function NowLine({ at, width }: { readonly at: number; readonly width: number }): ReactElement {
  const late = at > width - 40;
  return (
    <g className="now-line" transform={`translate(${at} 0)`}>
      <path d={`M0 0V${GROUND + 4}`} />
      <text x={late ? -5 : 5} y={9} textAnchor={late ? 'end' : 'start'}>
        now
      </text>
    </g>
  );
}
