import type { ReactElement } from 'react';
import type { FailureCluster } from '../../../src-shared/model/history.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

/** Messages that differ only in what varies are one line; the varying parts are underlined. */
export function Clusters({ clusters }: { readonly clusters: readonly FailureCluster[] }): ReactElement {
  if (clusters.length === 0) return <p className="history-about dim small">No failure left a message.</p>;
  return (
    <ul>
      {clusters.map(({ shape, count, example, firstAt, lastAt }) => (
        <li key={shape} className="history-cluster">
          <VerdictIcon mark="failed" decorative />
          <b className="strong figures right">{formatCount(count)}</b>
          <span className="mono ellipsis" title={example}>
            {shape.split(/(<\w+>)/u).map((part, index) => (index % 2 === 1 ? <u key={index}>{part.slice(1, -1)}</u> : part))}
          </span>
          <span className="dim small nowrap">
            <When at={firstAt} />
            {firstAt === lastAt ? null : (
              <>
                {' to '}
                <When at={lastAt} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
