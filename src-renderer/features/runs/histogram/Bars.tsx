import type { ReactElement } from 'react';
import type { z } from 'zod';
import type { HistogramBucket } from '../../../../src-shared/contract/harness/runs.ts';
import type { Outcome } from '../filter/run-filter.ts';

type Bucket = z.infer<typeof HistogramBucket>;

interface Props {
  readonly buckets: readonly Bucket[];
  /** Time to pixels. */
  readonly place: (at: number) => number;
  readonly ground: number;
}

/** From the ground up: what passed is the quiet bottom, what failed lies on it. */
const ORDER: readonly Outcome[] = ['passed', 'stopped', 'lost', 'error', 'failed', 'running'];
const GAP = 3;
const LEAST = 2;

/** Of one count at least two pixels: a single failure among hundreds is seen. */
export function Bars({ buckets, place, ground }: Props): ReactElement {
  const highest = Math.max(1, ...buckets.map(sumOf));
  const scale = (ground - 8) / Math.max(highest, 8);
  return (
    <g>
      {buckets.map((bucket) => {
        const x = place(bucket.from);
        const width = Math.max(1, place(bucket.to) - x - GAP);
        let y = ground;
        return (
          <g key={bucket.from}>
            {ORDER.map((outcome) => {
              const count = bucket.counts[outcome] ?? 0;
              if (count === 0) return null;
              const height = Math.max(LEAST, count * scale - 0.5);
              y -= height + 0.5;
              return <rect key={outcome} className={`bar-${outcome}`} x={x} y={y} width={width} height={height} />;
            })}
          </g>
        );
      })}
    </g>
  );
}

function sumOf({ counts }: Bucket): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
