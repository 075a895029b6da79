import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { HistoryPoint } from '../../../src-shared/model/history.ts';
import { formatElapsed } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

const MOST = 60;

export function PointRows({ points }: { readonly points: readonly HistoryPoint[] }): ReactElement {
  const newest = points.slice(-MOST).reverse();
  return (
    <section aria-label="Runs">
      <SectionHead
        ruled
        title="Runs"
        about="newest first"
        actions={
          <span className="dim small">
            {newest.length} of {points.length}
          </span>
        }
      />
      {newest.map((point, index) => (
        <div key={`${point.runId} ${index}`} className="history-point">
          <VerdictIcon mark={point.verdict} />
          <span className="nowrap">
            <When at={point.at} />
          </span>
          <Link className="strong ellipsis history-name" href={addresses.run(point.runId)}>
            {point.runName}
          </Link>
          <span className="mid ellipsis">{point.suts.join(', ')}</span>
          <span className="mid ellipsis">{point.condition}</span>
          <span className="dim small mono ellipsis" title={point.message ?? undefined}>
            {point.message}
          </span>
          <span className="figures right nowrap">{point.tookMs === null ? '' : formatElapsed(point.tookMs)}</span>
        </div>
      ))}
    </section>
  );
}
