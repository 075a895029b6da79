import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { MatrixCellTime } from '../../../src-shared/model/matrix.ts';
import { formatAmount, formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { MARK_WORDS } from '../../kit/marks.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { When } from '../../kit/Times.tsx';

/** The same plan, condition and SUTs before, whoever started it: a bar a run, as high as the share that passed. */
export function OverTime({ points }: { readonly points: MatrixCellTime['points'] }): ReactElement | null {
  const [, go] = useLocation();
  const first = points[0];
  if (first === undefined) return null;
  return (
    <section aria-label="This cell over time">
      <SectionHead
        ruled
        title="This cell over time"
        about={
          <>
            {formatAmount(points.length, 'run')} since <When at={first.at} />
          </>
        }
      />
      <div className="cell-time">
        {points.map(({ runId, at, verdict, passed, total }) => (
          <button
            key={runId}
            type="button"
            className={`mark-${verdict}`}
            style={{ height: `${Math.max(12, total === 0 ? 100 : (passed / total) * 100)}%` }}
            title={`${MARK_WORDS[verdict]}, ${formatCount(passed)} of ${formatCount(total)}, ${new Date(at).toLocaleString()}`}
            aria-label={`${MARK_WORDS[verdict]}, ${formatCount(passed)} of ${formatCount(total)} passed`}
            onClick={() => go(addresses.run(runId))}
          />
        ))}
      </div>
    </section>
  );
}
